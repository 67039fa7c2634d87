/// The fixes for the SPOFs of a report.
public struct SpofFixes: Sendable {
  /// The fix for each SPOF, or nil if there is none. The first choice is a fix without new SPOFs. The second
  /// choice is a fix with fewer new SPOFs than it removes.
  public private(set) var each: [CompletedFix?] = []
  /// All of these fixes at once, or nil if they do not work together.
  public private(set) var together: CompletedFix?
  /// The fix for requests that fail even without a further failure.
  public private(set) var already: CompletedFix?
  /// Whether a search for fixes was made.
  public private(set) var areSought = false

  /// Creates an empty result, for reports without a search for fixes.
  public init() {}

  init(_ search: inout FixSearch, for spofs: [Spof]) {
    each = spofs.map { search.fix(for: $0) }
    together = search.together
    already = search.fixOfFailing
    areSought = true
  }
}
