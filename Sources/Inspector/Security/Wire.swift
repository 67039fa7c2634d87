import Blueprint
import Simulator

/// One hop of a login, or of a page, as it looks to somebody who listens: in clear, or encrypted.
struct Wire {
  let hop: Hop
  let way: Way
  let topology: Topology
  let isReadable: Bool
  private let session: String

  /// What a record of TLS 1.3 adds to a text: its head, its tag, the kind of what is inside.
  static let overhead = 22
  /// A browser's first message, padded as browsers do, and the server's with its certificate.
  private static let clientHello = 517
  private static let serverHello = 2_900

  init(_ hop: Hop, on way: Way, in simulation: Simulation) {
    self.hop = hop
    self.way = way
    topology = simulation.topology
    isReadable = hop.isReadable(in: simulation.topology, balancer: way.balancer)
    var cipher = Cipher(seed: simulation.topology.site.seed, request: way.number, link: "session")
    session = cipher.token()
  }

  private var isDatabase: Bool { hop.to.part == .mysql }

  static func size(of text: [String]) -> Int { text.joined(separator: "\r\n").utf8.count }

  // MARK: What it says

  /// Whether the name of the site can be read though the rest cannot: a browser says for whom it comes before there is
  /// a key. A balancer that only passes bytes on passes that on as well.
  var namesSite: Bool {
    !isReadable && (hop.from == nil || isBrowsers)
  }

  private var isBrowsers: Bool {
    topology.host(named: way.balancer)?.tls?.reach == .through && hop.from?.part == .haproxy
  }

  /// The line that an eavesdropper is after.
  var login: String {
    guard isLogin else { return isDatabase ? Login.select(session: session) : Login.cookie(session: session) }
    return isDatabase ? Login.insert(session: session) : Login.form
  }

  /// Otherwise it is a page or a picture.
  private var isLogin: Bool { way.kind == .write }

  private var question: [String] {
    guard !isDatabase else { return Login.statement(login) }
    // A balancer that cannot read what it passes on adds nothing to it.
    let isPassedOn = hop.from != nil && !isBrowsers
    return isLogin
      ? Login.request(isPassedOn: isPassedOn) : Login.page(isPassedOn: isPassedOn, session: session)
  }

  private var reply: [String] {
    if isDatabase { return ["OK, 1 row"] }
    return isLogin ? Login.answer(hop.code ?? 0, session: session) : ["HTTP/1.1 \(hop.code ?? 0)"]
  }

  var saw: String {
    if isReadable {
      return "the \(isDatabase ? "statement" : isLogin ? "login" : "session") in clear: \(login)"
    }
    let total = packets.reduce(0) { $0 + $1.bytes }
    return namesSite
      ? "the name \(Topology.siteName) and \(total) bytes that say nothing"
      : "\(total) bytes that say nothing"
  }

  // MARK: Packets

  var packets: [Capture.Packet] {
    let hellos = isReadable ? [] : [hello(isFirst: true), hello(isFirst: false)]
    return hellos + [packet(question, at: hop.time, isReply: false)]
      + (hop.answeredAt.map { [packet(reply, at: $0, isReply: true)] } ?? [])
  }

  private func hello(isFirst: Bool) -> Capture.Packet {
    let name = namesSite ? ", server name \(Topology.siteName)" : ""
    let start = hop.from == nil ? max(.zero, hop.time - TLS.handshake) : hop.time
    return Capture.Packet(
      time: start, from: isFirst ? asker : answerer, to: isFirst ? answerer : asker,
      bytes: isFirst ? Wire.clientHello : Wire.serverHello,
      lines: [isFirst ? "TLS 1.3 client hello\(name)" : "TLS 1.3 server hello, certificate encrypted"],
      isReadable: false)
  }

  private func packet(_ text: [String], at time: Span, isReply: Bool) -> Capture.Packet {
    let size = Wire.size(of: text)
    var cipher = Cipher(
      seed: topology.site.seed, request: way.number, link: "\(hop.link ?? "")\(isReply ? "<" : ">")")
    let lines = isReadable ? text : ["application data \(cipher.hex(of: text))…"]
    return Capture.Packet(
      time: time, from: isReply ? answerer : asker, to: isReply ? asker : answerer,
      bytes: isReadable ? size : size + Wire.overhead, lines: lines, isReadable: isReadable)
  }

  // MARK: Ends

  private var asker: String {
    guard let from = hop.from else { return IPv4.someUser.text }
    return address(of: from.host)
  }

  private var answerer: String { "\(address(of: hop.to.host)):\(port)" }

  private func address(of host: String) -> String {
    topology.place(of: host).map { topology.address(of: $0).text } ?? host
  }

  private var port: Int {
    let profile = hop.to.part?.profile
    let listens = isReadable ? profile?.port : profile?.encryptedPort ?? profile?.port
    guard case .tcp(let number) = listens else { return 0 }
    return number
  }
}
