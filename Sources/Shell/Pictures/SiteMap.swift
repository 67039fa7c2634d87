import Blueprint

/// The site as every picture shows it: tiers of boxes in the order of requests, in their current state.
struct SiteMap: Equatable {
  var tiers: [Tier] = []
  var replication: [Arrow] = []

  /// The hosts with the same job, which are drawn side by side.
  struct Tier: Equatable {
    let job: TierJob
    var boxes: [Box]
  }

  enum TierJob: Equatable {
    case balancing, serving, applications, databases
    /// Hosts that receive no requests.
    case withoutRequests
  }

  /// One host, or several similar hosts that are drawn as one box.
  struct Box: Equatable {
    var name: String
    /// The other hosts that are drawn in the same box.
    var others: [String] = []
    var weight = 1
    var notes: [BoxNote] = []
    /// The components that protect and monitor the host.
    var protections: [ComponentLabel] = []
    var parts: [ComponentLabel] = []
    var link = LinkState.open
    /// How many requests of the last run went over the link to the box; nil if unknown.
    var requests: Int?
    /// The address at which users reach the host, as a label beside the link.
    var address: String?
    /// Whether the host has an application, so that links to database hosts start at its box.
    var queriesDatabases = false
  }

  struct BoxNote: Equatable {
    let sign: Sign
    let text: String
  }

  struct ComponentLabel: Equatable {
    let kind: ComponentKind
    let sign: Sign
    /// Remarks about the component: the role of a database node, how far TLS reaches, or the name of a fault.
    let words: [String]

    var text: String { ([name] + words).joined(separator: " ") }

    /// The component's name as in the command `add`.
    private var name: String { kind.profile.shortName ?? kind.rawValue }
  }

  /// The state of the link to a box.
  enum LinkState: Equatable {
    case open
    /// No requests are sent over the link now.
    case unused
    case cut
  }

  /// The replication from a primary to a replica.
  struct Arrow: Equatable {
    let source: String
    let target: String
    let lag: String
    let isConnected: Bool
  }
}

extension SiteMap.Box {
  /// The name of the box; for several hosts, `server-3 … server-12`.
  var title: String {
    guard let last = others.last else { return name }
    return count == 2 ? "\(name), \(last)" : "\(name) … \(last)"
  }

  var count: Int { others.count + 1 }

  /// Whether the two boxes could be drawn as one.
  func isSimilar(_ other: SiteMap.Box) -> Bool {
    weight == other.weight && notes == other.notes && protections == other.protections
      && parts == other.parts && link == other.link && (address == nil) == (other.address == nil)
  }

  /// Whether the host or any of its components has a fault.
  fileprivate var isBroken: Bool {
    notes.contains { $0.sign == .broken } || (protections + parts).contains { $0.sign == .broken }
  }

  mutating func merge(_ other: SiteMap.Box) {
    others.append(other.name)
    requests = requests.map { $0 + (other.requests ?? 0) }
    address = nil
  }
}

extension SiteMap.Tier {
  /// The most boxes of a tier that are drawn. The last one combines all further hosts.
  static let mostBoxes = 12

  /// Returns the boxes in rows of at most `perRow`. If there are many boxes, similar neighbours are combined.
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
      if groups.last?.isSimilar(box) == true {
        groups[groups.count - 1].merge(box)
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
