# Sourced by `run` and `test`: finds the tools they need, or says what to install.
# shellcheck shell=bash

[ -t 2 ] && bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m' || bold='' red='' plain=''
say() { echo "$bold▸ $*$plain" >&2; }
die() {
  echo "$red✗ $*$plain" >&2
  exit 1
}

# The feature release of a JDK, from its `release` file: starting Java to ask takes far longer.
jdk_release() {
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

on_path() { dirname "$(dirname "$(readlink -f "$(command -v javac)" 2>/dev/null)")"; }

# Sets and exports JAVA_HOME, and sets JDK: JAVA_HOME and the PATH win, then the newest installed.
find_jdk() {
  local home release best=20 found=
  for home in "${JAVA_HOME:-}" "$(on_path)"; do
    JDK=$(jdk_release "$home")
    [ "${JDK:-0}" -ge 21 ] && export JAVA_HOME=$home && return
  done
  for home in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    {,"$HOME"}/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    release=$(jdk_release "$home")
    [ "${release:-0}" -gt "$best" ] && best=$release found=$home
  done
  [ -n "$found" ] && JDK=$best && export JAVA_HOME=$found && return
  return 1
}

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# apt_first PACKAGE…: installs the first of the packages that this Debian has.
apt_first() {
  can_apt || return 1
  apt-get update -qq >&2 || return 1
  local package
  for package; do
    say "Installing $package"
    DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends "$package" >&2 \
      && return
  done
  return 1
}

need_jdk() {
  find_jdk && return
  apt_first openjdk-25-jdk-headless openjdk-21-jdk-headless && find_jdk && return
  die "Freshet needs a JDK 21 or newer and found none in JAVA_HOME, on the PATH or in /usr/lib/jvm.
  Debian 13, Ubuntu 24.04: apt install openjdk-21-jdk-headless
  macOS: brew install openjdk@21
  elsewhere: a JDK from https://adoptium.net, with JAVA_HOME set to its directory"
}

need_maven() {
  command -v mvn >/dev/null || apt_first maven \
    || die "Building needs Maven 3.8 or newer (apt install maven, brew install maven)"
  # Maven's own libraries call what newer JDKs warn about.
  [ "$JDK" -lt 24 ] || export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
}

has_node() {
  command -v npm >/dev/null \
    && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
}

node_wanted="Node 20.19 or newer with npm (https://nodejs.org, or: nvm install 20)"

find_node() { has_node || { apt_first nodejs && apt_first npm && has_node; }; }

need_node() {
  find_node || die "The web console and the SDK need $node_wanted; found $(node -v 2>/dev/null || echo none)"
}

# Sets and exports CHROMIUM, the browser of the browser tests.
need_chromium() {
  CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} \
    || { apt_first chromium && CHROMIUM=$(command -v chromium); } \
    || die "The browser tests need Chromium (apt install chromium), or CHROMIUM=/path/to/chrome"
  export CHROMIUM
}

# changed STAMP PATH…: whether a file below the paths is newer than the stamp. A directory below
# src counts too: its time tells of files that were removed.
changed() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] && return
  [ -n "$(find "$@" \( -name node_modules -o -name dist -o -name target -o -path '*/src/test' \) -prune \
    -o \( -type f -o -path '*/src*' \) -newer "$stamp" -print -quit)" ]
}

# The stamp carries the time before the build, so that an edit during it is seen by the next.
stamped() {
  local stamp=$1
  shift
  mkdir -p "$(dirname "$stamp")"
  rm -f "$stamp"
  touch "$stamp.new"
  "$@" && mv "$stamp.new" "$stamp"
}

npm_ci() {
  changed web/node_modules/.installed web/package-lock.json || return 0
  (cd web && npm ci --no-progress) && touch web/node_modules/.installed
}
