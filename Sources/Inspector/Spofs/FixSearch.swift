import Blueprint
import Simulator

/// A search for fixes. Each fix is tried on a copy: it must remove the SPOF without bad side effects.
///
/// If many hosts are alike, the search uses a smaller site with a few hosts of each group. It then confirms
/// the fixes on the whole site.
struct FixSearch {
  private let search: SpofSearch
  private let report: SpofReport
  /// Experiments on the site that the search uses, which may be the smaller one.
  private var experiments: Experiments
  private var sideEffects: SideEffects
  /// Experiments on the whole site, and the groups of its hosts if the search uses a smaller site.
  private var wholeSiteExperiments: Experiments
  private var groups: HostGroups?
  /// The fixes to try, the smallest first. Other properties refer to a fix by its index in this list.
  private let fixes: [Fix]
  /// For each fix examined so far, the fix with the steps that it also needs, or nil if it has bad side
  /// effects.
  private var completed: [Int: CompletedFix?] = [:]
  /// The index of each fix that removed a SPOF, and the SPOF's target.
  private var helpfulFixes: [(fix: Int, target: FaultTarget)] = []
  private var searches = 0
  /// The fix for each group of targets that are built alike, or nil if the search found none.
  private var found: [AlikeSpof: CompletedFix?] = [:]

  /// The key of SPOFs that are built alike and make the same kinds of request fail.
  private struct AlikeSpof: Hashable {
    let representative: FaultTarget
    let kinds: [RequestKind]
  }

  /// The most full searches on a large site. A small site gets four times as many. After that, only fixes
  /// that helped other SPOFs are tried.
  private static let mostFullSearches = 8

  init(_ search: SpofSearch, _ report: SpofReport, _ experiments: Experiments) {
    self.search = search
    self.report = report
    self.experiments = experiments
    wholeSiteExperiments = experiments
    // The few hosts of a smaller site could not handle the load of the whole site.
    if search.rate == nil {
      let groups = HostGroups(experiments.site, comparesWeights: false)
      if let smaller = groups.smallerSite(for: experiments.site) {
        self.groups = groups
        self.experiments = Experiments(smaller, shouldContinue: experiments.shouldContinue)
      }
    }
    let site = self.experiments.site
    fixes = site.fixes
    sideEffects = SideEffects(of: search, on: site)
  }

  private var shouldContinue: Bool { experiments.shouldContinue(0) }

  // MARK: The fix of one SPOF

  mutating func fix(for spof: Spof) -> CompletedFix? {
    guard let target = FaultTarget(named: spof.component) else { return nil }
    let alike = AlikeSpof(representative: representative(of: target), kinds: spof.kinds)
    if let known = found[alike] { return known }
    let fix = fix(for: alike, confirmedFor: target)
    found[alike] = .some(fix)
    return fix
  }

  private func representative(of target: FaultTarget) -> FaultTarget {
    groups?.representative(of: target) ?? target
  }

  private mutating func fix(for spof: AlikeSpof, confirmedFor target: FaultTarget) -> CompletedFix? {
    let failures = search.plans([spof.representative])
    var costlyFix: (index: Int, fix: CompletedFix)?
    for index in indicesToTry() where shouldContinue {
      // This test comes first, because it is quick and most fixes fail it, with or without further steps.
      guard experiments.allSucceed(spof.kinds, failures: failures, after: fixes[index]),
        let completed = complete(index), isBest(completed) || costlyFix == nil && completed.leavesFewerSpofs,
        search.isComplete(spof.kinds, report, failures, after: completed.fix, &experiments),
        isConfirmed(completed.fix, for: [[target]], of: spof.kinds)
      else { continue }
      if isBest(completed) {
        helpfulFixes.append((index, target))
        return completed
      }
      costlyFix = (index, completed)
    }
    if let costlyFix { helpfulFixes.append((costlyFix.index, target)) }
    return costlyFix?.fix
  }

  /// Returns whether the search for a better fix can end. A repair may bring back SPOFs of the original
  /// design. Under load, SPOFs of a new host do not matter.
  private func isBest(_ fix: CompletedFix) -> Bool {
    fix.newSpofs.isEmpty || search.rate != nil || fix.leavesFewerSpofs && fix.fix.isRepair
  }

  /// Returns the indices of the fixes to try, in order.
  private mutating func indicesToTry() -> [Int] {
    searches += 1
    let proven = helpfulIndices
    if searches > 4 * FixSearch.mostFullSearches { return search.rate == nil ? proven : [] }
    guard experiments.site.topology.isLarge else { return Array(fixes.indices) }
    let others = fixes.indices.filter { !proven.contains($0) }
    return searches > FixSearch.mostFullSearches ? proven : proven + others
  }

  private var helpfulIndices: [Int] { helpfulFixes.map { $0.fix }.unique }

  private mutating func complete(_ index: Int) -> CompletedFix? {
    if let known = completed[index] { return known }
    let fix = sideEffects.complete(fixes[index], &experiments)
    completed[index] = .some(fix)
    return fix
  }

  /// Returns whether the fix also works on the whole site. Without a smaller site, the fix is already
  /// confirmed.
  private mutating func isConfirmed(_ fix: Fix, for losses: [[FaultTarget]], of kinds: [RequestKind]) -> Bool
  {
    groups == nil
      || losses.allSatisfy {
        search.isComplete(kinds, report, search.plans($0), after: fix, &wholeSiteExperiments)
      }
  }

  // MARK: Requests that fail already

  /// The first fix that makes the failing requests succeed without causing other failures, or nil if there is
  /// none.
  var fixForFailingRequests: CompletedFix? {
    mutating get {
      let kinds = report.failingKinds
      guard !kinds.isEmpty else { return nil }
      let site = experiments.site
      let restorations = site.restorations.count
      for index in fixes.indices where shouldContinue {
        guard search.isComplete(kinds, report, [], after: fixes[index], &experiments) else { continue }
        // A fix that restores the site as it was built, or adds the first server, need not satisfy an audit.
        if index < restorations || site.topology.backends.isEmpty {
          let fix = fixes[index].trimmed(for: site.topology)
          if isConfirmed(fix, for: [[]], of: kinds) {
            return CompletedFix(fix: fix, reasons: [], newSpofs: [], leavesFewerSpofs: true)
          }
        }
        guard let completed = complete(index),
          search.isComplete(kinds, report, [], after: completed.fix, &experiments),
          isConfirmed(completed.fix, for: [[]], of: kinds)
        else { continue }
        return completed
      }
      return nil
    }
  }

  // MARK: All fixes together

  /// One fix with the steps of all fixes that helped, or nil if they do not work together. It is also nil
  /// under load, and if fewer than two fixes helped.
  var combinedFix: CompletedFix? {
    mutating get {
      let indices = helpfulIndices
      guard indices.count > 1, search.rate == nil else { return nil }
      let completedFixes = indices.compactMap { complete($0) }
      let all = Fix(completedFixes.map { $0.fix })
      let reasons = completedFixes.flatMap { $0.reasons }.unique
      guard let completed = sideEffects.complete(all, reasons: reasons, &experiments) else { return nil }
      let kinds = search.kinds.filter { !report.failingKinds.contains($0) }
      let targets = helpfulFixes.map { $0.target }
      for target in targets {
        let failures = search.plans([representative(of: target)])
        guard search.isComplete(kinds, report, failures, after: completed.fix, &experiments) else {
          return nil
        }
      }
      return isConfirmed(completed.fix, for: targets.map { [$0] }, of: kinds) ? completed : nil
    }
  }
}

extension SpofSearch {
  /// Returns whether the site works after the fix and the failures. It must have at most one primary.
  /// Requests of these kinds, and of all kinds that succeeded before, must succeed.
  fileprivate func isComplete(
    _ kinds: [RequestKind], _ report: SpofReport, _ failures: [InjectedFault.Plan], after fix: Fix,
    _ experiments: inout Experiments
  ) -> Bool {
    guard let primaries = try? experiments.primaries(failures: failures, after: fix), primaries <= 1 else {
      return false
    }
    let others = self.kinds.filter { !kinds.contains($0) && !report.failingKinds.contains($0) }
    // Requests that fail without a rate also fail under load, and a test without a rate is faster.
    return experiments.allSucceed(kinds + others, failures: failures, after: fix)
      && (rate == nil || experiments.allSucceed(kinds + others, rate: rate, failures: failures, after: fix))
  }
}
