import Blueprint

/// What happened to the requests that are kept, step by step: what `trace` and `why` are told from.
struct Journal: Equatable, Sendable {
  private var notes = Pages<Note>()

  struct Note: BitwiseCopyable, Equatable {
    var time: Int64
    var request: Int32
    /// A station, or, where the step is the user's, -1; `ended` names the host that answered.
    var place: Int32
    var detail: Int32
    var what: What
  }

  enum What: BitwiseCopyable, Equatable {
    case knocked, gaveUp, ended
    /// The user and the balancer in `detail` agreed on a key, or the certificate was worth nothing.
    case shookHands, turnedAway
    /// A server was chosen: its place in the farm, with what it had in flight beside it in `servers` and `load`.
    case picked(usable: Int32, load: Int32)
    case waitsForSlot, gotSlot, pauses
    /// It connects to the station in `detail`.
    case asked(Contact)
    case timedOut
    /// The balancer finds nobody who may serve; nginx no application; the application no database.
    case foundNobody
    case arrived, started, answered
  }

  /// So many steps are kept, at least.
  private static let most = 40_000

  mutating func append(_ note: Note) {
    if notes.count >= 2 * Journal.most { notes.removeFirst(notes.count - Journal.most) }
    notes.append(note)
  }

  func notes(of request: Int32) -> [Note] {
    notes.indices.lazy.map { notes[$0] }.filter { $0.request == request }
  }

  /// Calls `body` with each note about a request with this number or a higher one, in the order of noting.
  func forEachNote(from request: Int32, _ body: (Note) -> Void) {
    for i in notes.indices where notes[i].request >= request { body(notes[i]) }
  }
}

/// A step of a request, in words that can be shown.
public struct Step: Equatable, Sendable {
  public let time: Span
  /// The component that did it; nil for the user.
  public let component: Address?
  public let what: What

  public enum What: Equatable, Sendable {
    /// The user's packets met silence, for the n-th time.
    case knocked(Int)
    case gaveUp
    /// The user and a balancer agreed on a key; or its certificate had expired.
    case shookHands(with: Address)
    case turnedAway(from: Address)
    case ended(Record.End)
    /// The balancer chose a server: which, among how many that could serve, and what it had in flight.
    case picked(server: String, algorithm: Algorithm, usable: Int, load: Int)
    case waitsForSlot(before: Int)
    case gotSlot
    case pauses
    case connected(Address)
    case wasRefused(by: Address)
    case heardNothing(from: Address)
    case timedOut
    case foundNobody
    case arrived(waiting: Int)
    case started
    case answered(Int)
  }
}

extension Simulation {
  /// Not inlined: few requests are traced, and all would carry the weight of it.
  @inline(never)
  mutating func note(_ what: Journal.What, request: Int32, at place: Int32, _ detail: Int32 = 0) {
    journal.append(Journal.Note(time: now, request: request, place: place, detail: detail, what: what))
  }

  mutating func notePick(_ visit: Int32, _ server: Int) {
    let b = Int(visits[visit].balancer)
    let (usable, load) = (balancers[b].farm.allowedCount, balancers[b].farm.servers[server].inFlight)
    note(
      .picked(usable: Int32(usable), load: Int32(load)),
      request: visits[visit].number,
      at: desks[b].station, seats[seat(b, server)].machine)
  }

  /// What happened to a request, step by step, if it is kept.
  public func steps(ofRequest number: Int) -> [Step] {
    journal.notes(of: Int32(truncatingIfNeeded: number)).map { step(of: $0) }
  }

  /// Returns the steps of each request with this number or a higher one, by number, if they are still stored.
  public func steps(ofRequestsFrom first: Int) -> [Int: [Step]] {
    var steps: [Int: [Step]] = [:]
    journal.forEachNote(from: Int32(truncatingIfNeeded: first)) { note in
      steps[Int(note.request), default: []].append(step(of: note))
    }
    return steps
  }

  private func step(of note: Journal.Note) -> Step {
    let isUsers = note.place < 0 || note.what == .ended
    return Step(
      time: Span(nanoseconds: note.time), component: isUsers ? nil : address(ofStation: note.place),
      what: words(for: note))
  }

  func address(ofStation place: Int32) -> Address {
    let station = stations[place]
    return Address(names[Int(station.machine)], station.kind)
  }

  private func words(for note: Journal.Note) -> Step.What {
    switch note.what {
    case .knocked: .knocked(Int(note.detail) + 1)
    case .gaveUp: .gaveUp
    case .shookHands: .shookHands(with: address(ofStation: note.detail))
    case .turnedAway: .turnedAway(from: address(ofStation: note.detail))
    case .ended:
      .ended(note.detail == -1 ? .refused : note.detail == -2 ? .timeout : .status(Int(note.detail)))
    case .picked(let usable, let load):
      .picked(
        server: names[Int(note.detail)], algorithm: topology.algorithm, usable: Int(usable),
        load: Int(load))
    case .waitsForSlot: .waitsForSlot(before: Int(note.detail))
    case .gotSlot: .gotSlot
    case .pauses: .pauses
    case .asked(.accepted): .connected(address(ofStation: note.detail))
    case .asked(.refused): .wasRefused(by: address(ofStation: note.detail))
    case .asked(.silence): .heardNothing(from: address(ofStation: note.detail))
    case .timedOut: .timedOut
    case .foundNobody: .foundNobody
    case .arrived: .arrived(waiting: Int(note.detail))
    case .started: .started
    case .answered: .answered(Int(note.detail))
    }
  }
}
