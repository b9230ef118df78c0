package dev.freshet.tasks.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens connections to the hosts of URLs. A name is resolved once, all its addresses are checked,
 * and the connection goes to one of those very addresses: a name that means another address a
 * moment later gains nothing. TLS still checks the certificate against the name. Proxies are not
 * used, since one would resolve the name again.
 *
 * @param stall a peer that sends nothing for this long is given up
 */
record Connector(
    AddressRules rules, Resolver resolver, SSLSocketFactory tls, Duration connect, Duration stall) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  Connector(AddressRules rules, Duration connect, Duration stall) {
    this(rules, Resolver.SYSTEM, (SSLSocketFactory) SSLSocketFactory.getDefault(), connect, stall);
  }

  static boolean secure(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  static int port(URI url) {
    if (url.getPort() >= 0) return url.getPort();
    return secure(url) ? HTTPS : HTTP;
  }

  /** The host as a name to resolve: without the brackets of an IPv6 address. */
  private static String host(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  Socket open(URI url) throws IOException, TransferException {
    InetAddress[] addresses = resolver.resolve(host(url));
    for (InetAddress address : addresses) {
      if (rules.permits(address)) continue;
      throw TransferException.file(
          "address_refused",
          host(url)
              + " is at "
              + AddressRules.text(address)
              + ", which is not public; tasks.private-addresses would allow it");
    }
    Socket socket = connect(addresses, port(url));
    try {
      return secure(url) ? secured(socket, url) : socket;
    } catch (IOException | TransferException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  private Socket connect(InetAddress[] addresses, int port) throws IOException {
    IOException last = new IOException("the host has no address");
    for (InetAddress address : addresses) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.setSoTimeout((int) stall.toMillis());
        socket.connect(new InetSocketAddress(address, port), (int) connect.toMillis());
        return socket;
      } catch (IOException failed) {
        socket.close();
        last = failed;
        if (Thread.currentThread().isInterrupted()) break;
      }
    }
    throw last;
  }

  private Socket secured(Socket socket, URI url) throws IOException, TransferException {
    SSLSocket layered = (SSLSocket) tls.createSocket(socket, host(url), port(url), true);
    SSLParameters parameters = layered.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    layered.setSSLParameters(parameters);
    try {
      layered.startHandshake();
      return layered;
    } catch (SSLHandshakeException refused) {
      if (!ofCertificate(refused)) throw refused;
      throw TransferException.file(
          "tls_failed",
          "the certificate of " + host(url) + " is not valid: " + refused.getMessage());
    }
  }

  private static boolean ofCertificate(SSLException refused) {
    for (Throwable at = refused; at != null; at = at.getCause()) {
      if (at instanceof CertificateException) return true;
    }
    return false;
  }
}
