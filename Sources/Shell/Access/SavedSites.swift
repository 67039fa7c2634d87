/// The sites that earlier sessions left unfinished.
public struct SavedSites: Sendable {
  /// Returns the sites, the one that changed last first.
  public var list: @Sendable () -> [SavedSite]
  /// Returns the steps of a site, which no other session can then continue. Returns nil if another session
  /// continues it already.
  public var open: @Sendable (_ id: String) -> UnfinishedSite?
  /// Returns whether the site of this session has steps, and all of them are stored.
  public var isCurrentSiteStored: @Sendable () -> Bool

  public init(
    list: @escaping @Sendable () -> [SavedSite], open: @escaping @Sendable (String) -> UnfinishedSite?,
    isCurrentSiteStored: @escaping @Sendable () -> Bool
  ) {
    self.list = list
    self.open = open
    self.isCurrentSiteStored = isCurrentSiteStored
  }

  /// Sites in memory, the one that changed last first.
  public init(_ sites: [UnfinishedSite]) {
    self.init(
      list: {
        sites.enumerated().map { number, site in
          SavedSite(id: "\(number + 1)", site, changed: StorageTime(nanoseconds: 0, text: "today"))
        }
      },
      open: { id in sites.enumerated().first { "\($0.offset + 1)" == id }?.element },
      isCurrentSiteStored: { false })
  }

  /// A copy whose sites can be listed, but not continued.
  var readOnly: SavedSites {
    SavedSites(list: list, open: { _ in nil }, isCurrentSiteStored: isCurrentSiteStored)
  }
}

/// A site that an earlier session left unfinished, as lists show it.
public struct SavedSite: Equatable, Sendable {
  /// Identifies the site among all stored sites.
  public let id: String
  public let design: String
  public let steps: Int
  public let lastCommand: String
  public let changed: StorageTime
  /// Why the site cannot be continued; nil if it can.
  public let obstacle: String?

  public init(id: String, _ site: UnfinishedSite, changed: StorageTime, obstacle: String? = nil) {
    self.id = id
    design = site.design
    steps = site.steps.count
    lastCommand = site.steps.last?.command ?? ""
    self.changed = changed
    self.obstacle = obstacle
  }
}

/// The time at which stored data changed last.
public struct StorageTime: Equatable, Sendable {
  public let nanoseconds: Int64
  /// The local date and time, in words.
  public let text: String

  public init(nanoseconds: Int64, text: String) {
    self.nanoseconds = nanoseconds
    self.text = text
  }
}
