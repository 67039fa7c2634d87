/// The fixes for the SPOFs of a report.
public struct SpofFixes: Sendable {
  /// The fix for each SPOF, in the order of the report, or nil if there is none. A fix without new SPOFs is
  /// preferred to one that adds fewer SPOFs than it removes.
  public private(set) var fixBySpof: [CompletedFix?] = []
  /// One fix with the steps of all these fixes, or nil if they do not work together.
  public private(set) var combinedFix: CompletedFix?
  /// The fix for requests that fail even without a further failure, or nil if there is none.
  public private(set) var fixForFailingRequests: CompletedFix?
  /// Whether a search for fixes was made.
  public private(set) var hasSearched = false

  /// Creates an empty result, for reports without a search for fixes.
  public init() {}

  init(_ search: inout FixSearch, for spofs: [Spof]) {
    fixBySpof = spofs.map { search.fix(for: $0) }
    combinedFix = search.combinedFix
    fixForFailingRequests = search.fixForFailingRequests
    hasSearched = true
  }
}
