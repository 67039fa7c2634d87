import Blueprint
import Simulator

/// One hop of a login, a page or a picture, as an eavesdropper sees it.
struct SniffedHop {
  let hop: Hop
  let path: RequestPath
  let topology: Topology
  let isReadable: Bool
  private let session: String

  /// The number of bytes that TLS 1.3 adds to a text: header, tag and content type.
  static let overhead = 22
  /// The sizes of the browser's first message, with the usual padding, and of the server's first message,
  /// with its certificate.
  private static let clientHello = 517
  private static let serverHello = 2_900

  init(_ hop: Hop, on path: RequestPath, in simulation: Simulation) {
    self.hop = hop
    self.path = path
    topology = simulation.topology
    isReadable = hop.isReadable(in: simulation.topology, balancer: path.balancer)
    var cipher = Cipher(seed: simulation.topology.site.seed, request: path.number, link: "session")
    session = cipher.token()
  }

  private var isDatabase: Bool { hop.to.component == .mysql }

  static func size(of text: [String]) -> Int { text.joined(separator: "\r\n").utf8.count }

  // MARK: Texts of messages

  /// Whether only the name of the site can be read. The browser sends the name before encryption begins. A
  /// balancer that does not decrypt passes it on.
  var showsSiteName: Bool {
    !isReadable && (hop.from == nil || isTLSOfBrowser)
  }

  /// Whether the hop is part of the browser's TLS connection, which the balancer passes on without
  /// decrypting.
  private var isTLSOfBrowser: Bool {
    topology.host(named: path.balancer)?.tls?.reach == .through && hop.from?.component == .haproxy
  }

  /// The line that contains the login or the session.
  var login: String {
    guard isLogin else { return isDatabase ? Login.select(session: session) : Login.cookie(session: session) }
    return isDatabase ? Login.insert(session: session) : Login.form
  }

  /// Whether the request is a login, not a page or a picture.
  private var isLogin: Bool { path.kind == .write }

  private var request: [String] {
    guard !isDatabase else { return Login.statement(login) }
    // A balancer that does not decrypt adds nothing to the request.
    let isForwarded = hop.from != nil && !isTLSOfBrowser
    return isLogin
      ? Login.request(isForwarded: isForwarded) : Login.page(isForwarded: isForwarded, session: session)
  }

  private var reply: [String] {
    if isDatabase { return ["OK, 1 row"] }
    return isLogin ? Login.answer(hop.code ?? 0, session: session) : ["HTTP/1.1 \(hop.code ?? 0)"]
  }

  var observation: String {
    if isReadable {
      return "the unencrypted \(isDatabase ? "statement" : isLogin ? "login" : "session"): \(login)"
    }
    let total = packets.reduce(0) { $0 + $1.bytes }
    return showsSiteName
      ? "the name \(Topology.siteName) and \(total) encrypted bytes"
      : "\(total) encrypted bytes"
  }

  // MARK: Packets

  var packets: [Capture.Packet] {
    let hellos = isReadable ? [] : [hello(isFirst: true), hello(isFirst: false)]
    return hellos + [packet(request, at: hop.time, isReply: false)]
      + (hop.answeredAt.map { [packet(reply, at: $0, isReply: true)] } ?? [])
  }

  private func hello(isFirst: Bool) -> Capture.Packet {
    let name = showsSiteName ? ", server name \(Topology.siteName)" : ""
    let start = hop.from == nil ? max(.zero, hop.time - TLS.handshake) : hop.time
    return Capture.Packet(
      time: start, from: isFirst ? client : server, to: isFirst ? server : client,
      bytes: isFirst ? SniffedHop.clientHello : SniffedHop.serverHello,
      lines: [isFirst ? "TLS 1.3 client hello\(name)" : "TLS 1.3 server hello, certificate encrypted"],
      isReadable: false)
  }

  private func packet(_ text: [String], at time: Span, isReply: Bool) -> Capture.Packet {
    let size = SniffedHop.size(of: text)
    var cipher = Cipher(
      seed: topology.site.seed, request: path.number, link: "\(hop.link ?? "")\(isReply ? "<" : ">")")
    let lines = isReadable ? text : ["application data \(cipher.hex(of: text))…"]
    return Capture.Packet(
      time: time, from: isReply ? server : client, to: isReply ? client : server,
      bytes: isReadable ? size : size + SniffedHop.overhead, lines: lines, isReadable: isReadable)
  }

  // MARK: Addresses and ports

  private var client: String {
    guard let from = hop.from else { return IPv4.defaultUser.text }
    return address(of: from.host)
  }

  private var server: String { "\(address(of: hop.to.host)):\(port)" }

  private func address(of host: String) -> String {
    topology.index(of: host).map { topology.address(of: $0).text } ?? host
  }

  private var port: Int {
    let profile = hop.to.component?.profile
    let listens = isReadable ? profile?.port : profile?.encryptedPort ?? profile?.port
    guard case .tcp(let number) = listens else { return 0 }
    return number
  }
}
