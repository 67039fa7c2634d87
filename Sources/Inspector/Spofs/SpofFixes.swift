/// What fixes the SPOFs of a report.
public struct SpofFixes: Sendable {
  /// For each SPOF, the first fix that removes it and brings no other, or else the first that brings fewer than it
  /// removes, or nil.
  public private(set) var each: [CompletedFix?] = []
  /// All of these fixes at once, if they go together.
  public private(set) var together: CompletedFix?
  /// What lets the requests succeed that fail even without a further failure.
  public private(set) var already: CompletedFix?
  /// Whether fixes were searched for.
  public private(set) var areSought = false

  /// No fixes, because none were searched for.
  public init() {}

  init(_ search: inout FixSearch, for spofs: [Spof]) {
    each = spofs.map { search.fix(for: $0) }
    together = search.together
    already = search.fixOfFailing
    areSought = true
  }
}
