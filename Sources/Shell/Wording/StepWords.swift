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
    case 1290: return "error 1290: the node is read-only"
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
    case .handshakeCompleted(let address): "TLS handshake with \(address.host): 2.4 ms"
    case .connectionRejected(let address): "\(address.host)'s certificate has expired: sends nothing"
    case .ended(let end): end == .status(200) ? "has the answer" : "sees \(end.textForUsers)"
    case .picked(let server, let algorithm, let usable, let load):
      usable <= 1
        ? "\(server): the only server available" : algorithm.reason(for: server, of: usable, load: load)
    case .queuedForSlot(let before): "no free slot: waits, with \(before) ahead"
    case .slotAssigned: "a slot is free"
    case .pausedBeforeRetry: "waits before the next attempt"
    case .connected(let address): "on to \(address.text)"
    case .connectionRefused(let address): "\(address.text) refuses the connection"
    case .noResponse(let address): "\(address.text) does not answer"
    case .timedOut: "stops waiting"
    case .noServerFound: "finds no server to ask"
    case .arrived(let waiting): waiting == 0 ? "has the request" : "waits, with \(waiting) ahead"
    case .started: "works on it"
    case .answered(let code): code == 0 ? "closes the connection" : "answers \(code)"
    }
  }
}

extension Algorithm {
  /// Returns why the balancer chose this server of the servers that were available.
  fileprivate func reason(for server: String, of usable: Int, load: Int) -> String {
    switch self {
    case .roundrobin, .staticRR: "\(server)'s turn (of \(usable))"
    case .leastconn: "\(server): fewest in flight for its weight (\(load))"
    case .first: "\(server): the first with a free slot"
    case .source: "\(server), by the user's address"
    case .uri: "\(server), by the path"
    case .random: "\(server), at random (of \(usable))"
    }
  }
}
