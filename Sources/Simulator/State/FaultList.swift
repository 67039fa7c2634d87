import Blueprint

/// The faults of a site, in the order in which they began, and also by host and by link. A site may have very many
/// faults, and each step concerns only a few.
struct FaultList: Equatable, Sendable {
  private(set) var all: [Breakage] = []
  /// The number of each of them.
  private var numbers: [Int] = []
  // The dictionaries below are never iterated; each list in them is in the order in which the faults began.
  /// The faults of each host and of its components.
  private var ofHosts: [String: [NumberedFault]] = [:]
  private var links: [Breakable: NumberedFault] = [:]
  /// The cut links of each host, listed at both ends.
  private var linksOfHosts: [String: [NumberedFault]] = [:]
  private var nextNumber = 0

  /// A fault, with a number that grows with each new fault.
  private struct NumberedFault: Sendable {
    let number: Int
    let fault: Breakage
  }

  static func == (a: FaultList, b: FaultList) -> Bool { a.all == b.all }

  /// Returns the faults of a host and its components, in the order in which they began, without those of its links.
  func on(_ host: String) -> [Breakage] { ofHosts[host]?.map { $0.fault } ?? [] }

  /// Returns the faults of exactly this target. The ends of a link must be in the order that `ordered` gives them.
  func at(_ target: Breakable) -> [Breakage] {
    switch target {
    case .part(let address): on(address.host).filter { $0.target == target }
    case .link: links[target].map { [$0.fault] } ?? []
    }
  }

  /// Returns the faults of these hosts, their components and their links, in the order in which they began.
  func concerning(_ hosts: [String]) -> [Breakage] {
    var found: [Int: Breakage] = [:]
    for host in hosts {
      for fault in (ofHosts[host] ?? []) + (linksOfHosts[host] ?? []) { found[fault.number] = fault.fault }
    }
    return found.sorted { $0.key < $1.key }.map { $0.value }
  }

  /// Returns the fault that `append` gave this number; nil if it has been removed.
  subscript(id: ID<Breakage>) -> Breakage? {
    let place = place(of: id.index)
    return place < numbers.count && numbers[place] == id.index ? all[place] : nil
  }

  /// Adds a fault and returns its number, which no other fault gets.
  @discardableResult
  mutating func append(_ fault: Breakage) -> ID<Breakage> {
    all.append(fault)
    numbers.append(nextNumber)
    let numbered = NumberedFault(number: nextNumber, fault: fault)
    nextNumber += 1
    switch fault.target {
    case .part(let address): ofHosts[address.host, default: []].append(numbered)
    case .link(let a, let b):
      links[fault.target] = numbered
      for end in [a, b] { linksOfHosts[end, default: []].append(numbered) }
    }
    return ID(numbered.number)
  }

  mutating func remove(_ gone: [Breakage]) {
    for fault in gone {
      removeFromAll(fault)
      switch fault.target {
      case .part(let address): ofHosts[address.host] = FaultList.without(fault, ofHosts[address.host])
      case .link(let a, let b):
        links[fault.target] = nil
        for end in [a, b] { linksOfHosts[end] = FaultList.without(fault, linksOfHosts[end]) }
      }
    }
  }

  /// Finds the fault by its number. Comparing it with all others would take much longer.
  private mutating func removeFromAll(_ fault: Breakage) {
    let numbered =
      switch fault.target {
      case .part(let address): ofHosts[address.host]?.first { $0.fault == fault }
      case .link: links[fault.target]
      }
    guard let number = numbered?.number else { return }
    let place = place(of: number)
    numbers.remove(at: place)
    all.remove(at: place)
  }

  /// Returns the place of a number, or where it would be, since numbers only grow.
  private func place(of number: Int) -> Int {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func without(_ fault: Breakage, _ list: [NumberedFault]?) -> [NumberedFault]? {
    guard let rest = list?.filter({ $0.fault != fault }), !rest.isEmpty else { return nil }
    return rest
  }
}
