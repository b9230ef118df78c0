package dev.freshet.server.config;

/**
 * Every key with its default: whoever changes one changes what users notice, and says so in
 * CHANGELOG.md.
 */
final class Pinned {
  static final String KEYS =
      """
      host=127.0.0.1
      port=8080
      data=data
      mode=development
      http.loops=0
      http.transport=auto
      http.backlog=1024
      http.header-timeout=10s
      http.body-timeout=60s
      http.keep-alive=75s
      http.grace=15s
      auth.secret=
      auth.secret-file=
      auth.jwks-url=
      auth.algorithms=HS256,RS256,ES256,EdDSA
      auth.issuer=freshet
      auth.audience=freshet
      auth.leeway=5s
      auth.jwks-cache=5m
      auth.jwks-interval=30s
      auth.session=12h
      auth.login-code=1h
      auth.login-guesses=10
      auth.secure-cookie=auto
      cors.origins=
      cors.max-age=10m
      log.store=rocks
      log.durability=fsync
      log.retention=** age=7d count=10000000 bytes=8GiB
      log.idempotency-window=24h
      log.idempotency-keys=1000000
      stream.heartbeat=15s
      stream.retry=2s
      stream.page=64KiB
      stream.window=1MiB
      stream.idle=1s
      stream.stall=2m
      stream.snapshot=64MiB
      stream.snapshots=512MiB
      stream.json-page=4MiB
      stream.drain=5s
      limits.body=8MiB
      limits.bodies=256MiB
      limits.event=1MiB
      limits.batch=10000
      limits.url=8KiB
      limits.headers=16KiB
      limits.header-count=100
      limits.patterns=64
      limits.connections=50000
      limits.tenant-connections=20000
      limits.principal-connections=1000
      limits.requests=4096
      limits.request-rate=2000
      limits.publish-rate=50000
      metrics.open=true
      logging.format=plain
      logging.level=info
      console.enabled=true
      console.directory=
      microscopy.stale-after=90s
      microscopy.offline-after=5m
      microscopy.log-batch=500
      microscopy.backlog=5000
      tasks.interval=1s
      tasks.parallel-tasks=8
      tasks.tenant-tasks=4
      tasks.pending=1000
      tasks.subtasks=500
      tasks.keep=30d
      tasks.roots=
      tasks.file-roots=
      tasks.private-addresses=false
      tasks.parallel-parts=4
      tasks.part=8MiB
      tasks.bandwidth=0
      tasks.connect=10s
      tasks.stall=30s
      tasks.attempts=8
      tasks.retry=500ms
      tasks.max-retry=1m
      runtime.interval=2s
      """;

  private Pinned() {}
}
