import Blueprint
import Simulator

extension RequestStep {
  /// What happened, in the terms of the component. A database has error numbers instead of status codes.
  var words: String {
    guard component?.part == .mysql, case .answered(let code) = what else { return what.words }
    switch code {
    case 0: return "closes the connection"
    case 200: return "answers: OK"
    case 1040: return "error 1040: too many connections"
    case 1114: return "error 1114: the table is full"
    case 1290: return "error 1290: it is read only"
    default: return "error \(code)"
    }
  }
}

extension RequestStep.What {
  /// Whether the step contacts another component, whatever the result.
  var asks: Bool {
    switch self {
    case .connected, .wasRefused, .gotNoAnswer: true
    default: false
    }
  }

  var isTrouble: Bool {
    switch self {
    case .triedToConnect, .gaveUp, .turnedAway, .wasRefused, .gotNoAnswer, .timedOut, .pauses, .foundNoServer:
      true
    case .ended(let end): end != .status(200)
    case .answered(let code): code != 200
    case .picked, .waitsForSlot, .gotSlot, .connected, .arrived, .started,
      .shookHands:
      false
    }
  }

  fileprivate var words: String {
    switch self {
    case .triedToConnect(let n): n == 1 ? "connects: no answer" : "tries again: no answer"
    case .gaveUp: "gives up"
    case .shookHands(let address): "agrees on a key with \(address.host): TLS, 2.4 ms"
    case .turnedAway(let address): "\(address.host)'s certificate has expired: goes no further, sends nothing"
    case .ended(let end): end == .status(200) ? "has the answer" : "sees \(end.word)"
    case .picked(let server, let algorithm, let usable, let load):
      usable <= 1
        ? "\(server): the only one that may serve"
        : "\(server): \(algorithm.reason(load: load)), of \(usable)"
    case .waitsForSlot(let before): "every slot is taken: it waits, with \(before) before it"
    case .gotSlot: "a slot is free"
    case .pauses: "waits before it tries again"
    case .connected(let address): "connects to \(address.text)"
    case .wasRefused(let address): "\(address.text) refuses the connection"
    case .gotNoAnswer(let address): "\(address.text) does not answer"
    case .timedOut: "waits no longer"
    case .foundNoServer: "finds nobody whom it could ask"
    case .arrived(let waiting):
      waiting == 0 ? "has it" : "has it, behind \(waiting) other\(waiting == 1 ? "" : "s")"
    case .started: "works on it"
    case .answered(let code): code == 0 ? "closes the connection" : "answers \(code)"
    }
  }
}

extension Algorithm {
  /// Returns why the balancer chose this server.
  func reason(load: Int) -> String {
    switch self {
    case .roundrobin, .staticRR: "it is its turn"
    case .leastconn: "it has \(load) in flight, nobody has fewer for its weight"
    case .first: "the first with a free slot"
    case .source: "the user's address says so"
    case .uri: "the path says so"
    case .random: "drawn"
    }
  }
}
