import Blueprint

extension Simulation {
  /// How long it is until each change in the check of a server by the balancer that serves, through one whole turn of it:
  /// it goes out, gets a hop further, is answered. Failures between two of them meet the same check in the same place.
  public func checkMoments(of name: String, goOn: GoOn) throws(Problem) -> [Span] {
    var copy = self
    copy.own()
    copy.wire()
    let (machine, b) = (copy.machine(named: name), copy.servingBalancer)
    guard machine >= 0, let server = copy.server(on: machine, of: b),
      let check = copy.check(of: server, at: b)
    else { return [] }
    var moments: [Span] = []
    var stage = copy.stage(of: check)
    // From the end of the one that is under way to the end of the next.
    var ends = 0
    var left = 4_096
    while ends < 2, copy.calendar.nextTime != nil {
      copy.step()
      left -= 1
      if left == 0 {
        left = 4_096
        guard goOn(0) else { throw .interrupted }
      }
      let next = copy.stage(of: check)
      guard next != stage else { continue }
      if next[0] != stage[0] { ends += 1 }
      stage = next
      let moment = Span(nanoseconds: copy.now - now)
      if moments.last != moment { moments.append(moment) }
    }
    return moments
  }

  /// Where a check has come to: its own turn, and those of the calls that it waits for.
  private func stage(of check: Int32) -> [Int64] {
    var stage = [Int64(checks[check].turn), checks[check].isKnocking ? 1 : 0]
    var call = checks[check].child
    while call >= 0, stage.count < 16 {
      stage += [Int64(call), Int64(calls[call].turn), Int64(calls[call].phase.rawValue)]
      call = calls[call].child
    }
    return stage
  }
}
