import Blueprint

/// The site as every picture shows it: boxes in tiers, from the users down, as they stand now.
struct SiteMap: Equatable {
  var tiers: [Tier] = []
  var replication: [Arrow] = []

  /// Hosts of one job, side by side.
  struct Tier: Equatable {
    let job: TierJob
    var boxes: [Box]
  }

  enum TierJob: Equatable {
    case balancing, serving, applications, databases
    /// Hosts that no request comes to.
    case aside
  }

  /// A host, or several that are alike.
  struct Box: Equatable {
    var name: String
    /// The other hosts that are drawn with it.
    var others: [String] = []
    var weight = 1
    var notes: [BoxNote] = []
    /// What it is protected and watched by.
    var protections: [Part] = []
    var parts: [Part] = []
    var way = LinkState.open
    /// Beside its way: requests of the last run, or the address under which users reach it.
    var requests: Int?
    var address: String?
    /// Whether it has an application, so that ways to database hosts begin at it.
    var asksDatabases = false
  }

  struct BoxNote: Equatable {
    let sign: Sign
    let text: String
  }

  struct Part: Equatable {
    let kind: ComponentKind
    let sign: Sign
    /// What is worth saying of it: the role of a database node, how far encryption goes, the name of a fault.
    let words: [String]

    var text: String { ([name] + words).joined(separator: " ") }

    /// As `add` calls it.
    private var name: String { kind.profile.shortName ?? kind.rawValue }
  }

  /// The line by which requests come to a box.
  enum LinkState: Equatable {
    case open
    /// Nobody is sent there now.
    case unused
    case cut
  }

  /// A replica follows a primary.
  struct Arrow: Equatable {
    let source: String
    let target: String
    let lag: String
    let isConnected: Bool
  }
}

extension SiteMap.Box {
  /// `server-3 … server-12` for many.
  var title: String {
    guard let last = others.last else { return name }
    return count == 2 ? "\(name), \(last)" : "\(name) … \(last)"
  }

  var count: Int { others.count + 1 }

  /// Whether it could be drawn as one with the other.
  func isAlike(_ other: SiteMap.Box) -> Bool {
    weight == other.weight && notes == other.notes && protections == other.protections
      && parts == other.parts && way == other.way && (address == nil) == (other.address == nil)
  }

  /// Whether something of it is.
  fileprivate var isBroken: Bool {
    notes.contains { $0.sign == .broken } || (protections + parts).contains { $0.sign == .broken }
  }

  mutating func join(_ other: SiteMap.Box) {
    others.append(other.name)
    requests = requests.map { $0 + (other.requests ?? 0) }
    address = nil
  }
}

extension SiteMap.Tier {
  /// So many boxes of a tier are drawn; what is beyond is one more.
  static let mostBoxes = 12

  /// In rows of so many boxes: a few each for itself, many with their neighbours that are alike.
  func rows(of perRow: Int) -> [[SiteMap.Box]] {
    var boxes = boxes
    if boxes.count > max(4, perRow) { boxes = SiteMap.Tier.grouped(boxes) }
    if boxes.count > SiteMap.Tier.mostBoxes {
      let rest = boxes[(SiteMap.Tier.mostBoxes - 1)...]
      boxes = Array(boxes.prefix(SiteMap.Tier.mostBoxes - 1)) + [SiteMap.Tier.rest(rest)]
    }
    guard !boxes.isEmpty else { return [] }
    let rows = (boxes.count + perRow - 1) / perRow
    let length = (boxes.count + rows - 1) / rows
    return stride(from: 0, to: boxes.count, by: length).map {
      Array(boxes[$0..<min($0 + length, boxes.count)])
    }
  }

  private static func grouped(_ boxes: [SiteMap.Box]) -> [SiteMap.Box] {
    boxes.reduce(into: []) { groups, box in
      if groups.last?.isAlike(box) == true {
        groups[groups.count - 1].join(box)
      } else {
        groups.append(box)
      }
    }
  }

  private static func rest(_ boxes: ArraySlice<SiteMap.Box>) -> SiteMap.Box {
    let count = boxes.reduce(0) { $0 + $1.count }
    var box = SiteMap.Box(name: "\(count) more")
    box.notes = boxes.contains { $0.isBroken } ? [SiteMap.BoxNote(sign: .broken, text: "some broken")] : []
    let requests = boxes.compactMap { $0.requests }
    box.requests = requests.isEmpty ? nil : requests.reduce(0, +)
    return box
  }
}
