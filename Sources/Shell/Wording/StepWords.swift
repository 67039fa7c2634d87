import Blueprint
import Inspector
import Simulator

extension RequestStep {
  /// What happened in the step, in the terms of its component. A database has error numbers instead of status
  /// codes.
  var words: String {
    guard component?.component == .mysql, case .answered(let code) = kind else { return kind.words }
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

extension RequestStep.Kind {
  /// Whether the step contacts another component, whatever the result.
  var isAttempt: Bool {
    switch self {
    case .connected, .connectionRefused, .noResponse: true
    default: false
    }
  }

  var isTrouble: Bool {
    switch self {
    case .triedToConnect, .gaveUp, .connectionRejected, .connectionRefused, .noResponse, .timedOut,
      .pausedBeforeRetry, .noServerFound:
      true
    case .ended(let end): end != .status(200)
    case .answered(let code): code != 200
    case .picked, .queuedForSlot, .slotAssigned, .connected, .arrived, .started,
      .handshakeCompleted:
      false
    }
  }

  fileprivate var words: String {
    switch self {
    case .triedToConnect(let n): n == 1 ? "connects: no answer" : "tries again: no answer"
    case .gaveUp: "gives up"
    case .handshakeCompleted(let address): "agrees on a key with \(address.host): TLS, 2.4 ms"
    case .connectionRejected(let address):
      "\(address.host)'s certificate has expired: goes no further, sends nothing"
    case .ended(let end): end == .status(200) ? "has the answer" : "sees \(end.word)"
    case .picked(let server, let algorithm, let usable, let load):
      usable <= 1
        ? "\(server): the only one that may serve"
        : "\(server): \(algorithm.reason(load: load)), of \(usable)"
    case .queuedForSlot(let before): "every slot is taken: it waits, with \(before) before it"
    case .slotAssigned: "a slot is free"
    case .pausedBeforeRetry: "waits before it tries again"
    case .connected(let address): "connects to \(address.text)"
    case .connectionRefused(let address): "\(address.text) refuses the connection"
    case .noResponse(let address): "\(address.text) does not answer"
    case .timedOut: "waits no longer"
    case .noServerFound: "finds nobody whom it could ask"
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
