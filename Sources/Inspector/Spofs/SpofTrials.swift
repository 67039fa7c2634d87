import Blueprint
import Simulator

/// The trials of one search for SPOFs, one target after the other.
struct SpofTrials {
  /// The search, limited to kinds of request that do not fail already.
  let search: SpofSearch
  private let site: Simulation
  private let fix: Fix?
  private(set) var triedCount = 0
  private(set) var unknownCount = 0
  /// The number of simulation steps of the trials so far, including the cost of copying the site.
  private var work = 0

  init(leavingOut failing: [TrialResult], of search: SpofSearch, on site: Simulation, after fix: Fix?) {
    var remainingSearch = search
    if !search.includesFailingKinds {
      remainingSearch.kinds.removeAll { kind in failing.contains { $0.kind == kind } }
    }
    self.search = remainingSearch
    self.site = site
    self.fix = fix
  }

  /// Breaks each target on its own copy, and returns the SPOFs.
  mutating func breakEach(_ candidates: [FaultTarget], _ experiments: inout Experiments) throws(Problem)
    -> [Spof]
  {
    var spofs: [Spof] = []
    for target in candidates {
      if let spof = try spof(target, stopsAtFailure: false, &experiments) { spofs.append(spof) }
    }
    return spofs
  }

  private mutating func spof(
    _ target: FaultTarget, only kinds: [RequestKind]? = nil, stopsAtFailure: Bool = true,
    _ experiments: inout Experiments
  ) throws(Problem) -> Spof? {
    let kinds = kinds ?? search.kinds
    let copyCount = experiments.copyCount
    let outcome = try experiments.outcome(
      of: kinds, rate: search.rate, failures: search.plans([target]), after: fix,
      stopsAtFailure: stopsAtFailure
    )
    // A result that was already known took no time, so `shouldContinue` is not called.
    guard experiments.copyCount == copyCount || experiments.shouldContinue(0) else { throw .interrupted }
    triedCount += 1
    // The work includes copies of the site: for the fix, for the broken target, and for each kind of request.
    work += outcome.work + (kinds.count + 2) * site.size / SpofTrials.copiedPerStep
    return outcome.failed.isEmpty ? nil : Spof(component: target.text, results: outcome.failed)
  }

  /// The number of elements that can be copied in the time of one simulation step.
  private static let copiedPerStep = 16

  // MARK: Large sites

  /// Targets that are built alike and may be SPOFs, because a target of their group is one.
  private struct AlikeTargets {
    let members: [FaultTarget]
    /// The kinds of request to send.
    let kinds: [RequestKind]
    /// The result to report for members that are not broken themselves, or nil if the members may differ.
    let example: Spof?
  }

  /// Breaks two examples of each group of targets that are built alike, a sample of the others, and all
  /// possible SPOFs. Returns the SPOFs.
  mutating func grouped(_ candidates: [FaultTarget], _ experiments: inout Experiments) throws(Problem)
    -> [Spof]
  {
    var found: [String: Spof] = [:]
    var healthy: [[FaultTarget]] = []
    var suspected: [AlikeTargets] = []
    for group in HostGroups(site, comparesWeights: search.rate != nil).grouped(candidates) {
      guard work < search.mostWork else {
        unknownCount += group.count
        continue
      }
      var spofs: [Spof] = []
      // The first and the last member of the group are the examples. A brief search uses only the first.
      for target in Array(group.prefix(1)) + Array(group.dropFirst().suffix(search.isBrief ? 0 : 1)) {
        if let spof = try spof(target, &experiments) { spofs.append(spof) }
      }
      for spof in spofs { found[spof.component] = spof }
      if search.isBrief { continue }
      let rest = Array(group.dropFirst().dropLast())
      if rest.isEmpty { continue }
      if spofs.isEmpty {
        healthy.append(rest)
      } else {
        let kinds = search.kinds.filter { kind in spofs.contains { $0.kinds.contains(kind) } }
        suspected.append(
          AlikeTargets(members: rest, kinds: kinds, example: spofs.count == 2 ? spofs[0] : nil))
      }
    }
    for (target, index) in sample(of: healthy) {
      guard let spof = try spof(target, &experiments) else { continue }
      found[spof.component] = spof
      // The sample shows that the targets of this group are not alike.
      suspected.append(AlikeTargets(members: healthy[index], kinds: search.kinds, example: nil))
      healthy[index] = []
    }
    let smallestFirst = suspected.indices.sorted {
      (suspected[$0].members.count, $0) < (suspected[$1].members.count, $1)
    }
    for index in smallestFirst { try confirm(suspected[index], in: &found, &experiments) }
    return candidates.compactMap { found[$0.text] }
  }

  /// Breaks each member that has not been broken yet. After the work limit, uses the result of the example
  /// instead.
  private mutating func confirm(
    _ targets: AlikeTargets, in found: inout [String: Spof], _ experiments: inout Experiments
  ) throws(Problem) {
    for target in targets.members where found[target.text] == nil {
      if work < search.mostWork {
        found[target.text] = try spof(target, only: targets.kinds, &experiments)
      } else if let example = targets.example {
        found[target.text] = Spof(
          component: target.text, results: example.results, representative: example.component)
      } else {
        unknownCount += 1
      }
    }
  }

  private static let sampleSize = 100

  /// Returns a sample of the targets, each with the index of its group.
  private func sample(of groups: [[FaultTarget]]) -> [(target: FaultTarget, group: Int)] {
    let all = groups.indices.flatMap { index in groups[index].map { (target: $0, group: index) } }
    guard all.count > SpofTrials.sampleSize else { return all }
    var generator = SampleGenerator(site)
    var indices: Set<Int> = []
    while indices.count < SpofTrials.sampleSize {
      indices.insert(Int(generator.next() >> 33) % all.count)
    }
    return indices.sorted().map { all[$0] }
  }
}
