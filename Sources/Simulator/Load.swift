import Blueprint

extension Traffic {
  /// What one component had to do during a run.
  public struct Load: Equatable, Sendable {
    public let address: Address
    /// In thousandths of what its workers could have done in that time.
    public let utilisation: Int
    public let longestQueue: Int
    /// How many requests were there in the mean, waiting or served.
    public let meanPresent: Double
  }
}

extension Station {
  /// What has come together since the site was started.
  struct Sums: Equatable {
    let busyTime: Double
    let presence: Double
    let handled: Int
  }

  func sums(at now: Int64) -> Sums {
    Sums(busyTime: busyTime(at: now), presence: presence(at: now), handled: goodOnes + failed)
  }
}

extension Simulation {
  var sums: [Station.Sums] { stations.indices.map { stations[$0].sums(at: now) } }

  /// Every part that stands, with its station.
  var parts: [(address: Address, station: Int)] {
    var parts: [(address: Address, station: Int)] = []
    for place in topology.hosts.indices {
      let machine = machines[Int(machineAt[place])]
      let host = topology.hosts[place]
      for part in host.parts where machine.station(of: part) >= 0 {
        parts.append((Address(host.name, part), Int(machine.station(of: part))))
      }
    }
    return parts
  }

  /// The parts that had anything to do since then.
  func loads(since before: [Station.Sums], from start: Int64) -> [Traffic.Load] {
    let passed = Double(max(1, now - start))
    return parts.compactMap { (address, i) -> Traffic.Load? in
      let old = i < before.count ? before[i] : Station.Sums(busyTime: 0, presence: 0, handled: 0)
      let new = stations[i].sums(at: now)
      guard new != old else { return nil }
      let possible = passed * Double(max(1, stations[i].workers))
      return Traffic.Load(
        address: address, utilisation: Int(((new.busyTime - old.busyTime) * 1_000 / possible).rounded()),
        longestQueue: Int(stations[i].longestQueue), meanPresent: (new.presence - old.presence) / passed)
    }
  }
}
