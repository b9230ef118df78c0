package dev.freshet.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.function.Predicate;
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
 * @param hosts the names that may be connected to at all, in lower case
 * @param stall a peer that sends nothing for this long is given up
 */
public record Connector(
    AddressRules rules,
    Resolver resolver,
    SSLSocketFactory tls,
    Predicate<String> hosts,
    Duration connect,
    Duration stall) {

  public Connector(AddressRules rules, Predicate<String> hosts, Duration connect, Duration stall) {
    this(
        rules,
        Resolver.SYSTEM,
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        hosts,
        connect,
        stall);
  }

  Socket open(URI url) throws IOException, RefusedException {
    String host = HttpUrls.host(url);
    if (!hosts.test(host))
      throw new RefusedException("host_refused", host + " is not among the hosts that are allowed");
    InetAddress[] addresses = resolver.resolve(host);
    for (InetAddress address : addresses) {
      if (rules.permits(address)) continue;
      throw new RefusedException(
          "address_refused",
          host
              + " is at "
              + AddressRules.text(address)
              + ", which is not public; "
              + rules.setting()
              + " would allow it");
    }
    Socket socket = connect(addresses, HttpUrls.port(url));
    try {
      return HttpUrls.secure(url) ? secured(socket, url) : socket;
    } catch (IOException | RefusedException | RuntimeException failed) {
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

  private Socket secured(Socket socket, URI url) throws IOException, RefusedException {
    SSLSocket layered =
        (SSLSocket) tls.createSocket(socket, HttpUrls.host(url), HttpUrls.port(url), true);
    SSLParameters parameters = layered.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    layered.setSSLParameters(parameters);
    try {
      layered.startHandshake();
      return layered;
    } catch (SSLHandshakeException refused) {
      if (!ofCertificate(refused)) throw refused;
      throw new RefusedException(
          "tls_failed",
          "the certificate of " + HttpUrls.host(url) + " is not valid: " + refused.getMessage());
    }
  }

  private static boolean ofCertificate(SSLException refused) {
    for (Throwable at = refused; at != null; at = at.getCause()) {
      if (at instanceof CertificateException) return true;
    }
    return false;
  }
}
