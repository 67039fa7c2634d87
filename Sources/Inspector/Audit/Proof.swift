import Blueprint
import Simulator

/// A run that shows what is wrong, and shows it no longer after the cure: only then is it that which it shows.
struct Proof {
  /// The balancer that is asked.
  var balancer: Host?
  var failures: [Breakage.Plan] = []
  var wait = Span.zero

  /// What is seen on a copy; nil where nothing is wrong there, or where it cannot be done.
  typealias Look = (Simulation) -> (command: String, saw: String)?

  /// The evidence, if the look sees something on the site and nothing on the cured one.
  func evidence(on site: Simulation, curedBy fix: [Remedy], _ look: Look) -> Evidence? {
    guard let (broken, steps) = run(on: site), let seen = look(broken), let cured = site.after(fix),
      let (mended, _) = run(on: cured), look(mended) == nil
    else { return nil }
    // Who types it again does nothing to the site.
    let isHarmless = !steps.isEmpty || seen.command.hasPrefix("show")
    return Evidence(steps, then: [isHarmless ? seen.command : "whatif \(seen.command)"], saw: seen.saw)
  }

  private func run(on site: Simulation) -> (site: Simulation, steps: [String])? {
    // Where each has an address of its own, users come to all of them, and to a dead one as well.
    let isPair = site.topology.sharing == .activePassive
    let (reached, steps) = balancer.flatMap { isPair ? site.reaching($0) : nil } ?? (site, [])
    guard let (broken, more) = reached.after(failures, wait: wait) else { return nil }
    return (broken, steps + more)
  }

  /// Sends, and sees how many fail.
  static func sending(_ count: Int, _ kind: RequestKind, _ words: @escaping (Int) -> String) -> Look {
    { site in
      var copy = site
      var sending = Sending(count: count, mix: .only(kind))
      // Only the number of failures is needed.
      sending.isRecorded = false
      let traffic = try? copy.perform(.send(sending)).traffic
      guard let failed = traffic?.failed, failed > 0 else { return nil }
      return ("send \(count) \(kind.rawValue)", words(failed))
    }
  }
}
