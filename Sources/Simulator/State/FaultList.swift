import Blueprint

/// The active faults of a site, in the order in which they began, and also by host and by link. A site may
/// have many faults, but each step needs only a few of them.
struct FaultList: Equatable, Sendable {
  private(set) var all: [InjectedFault] = []
  /// The numbers of the faults in `all`, in the same order.
  private var numbers: [Int] = []
  // The dictionaries below are never iterated. Each list in them is in the order in which the faults began.
  /// The faults of each host and its components.
  private var faultsByHost: [String: [NumberedFault]] = [:]
  private var linkFaults: [FaultTarget: NumberedFault] = [:]
  /// The faults of each host's links. A link is listed for both of its ends.
  private var linkFaultsByHost: [String: [NumberedFault]] = [:]
  private var nextNumber = 0

  /// A fault with its number. Each new fault gets a higher number.
  private struct NumberedFault: Sendable {
    let number: Int
    let fault: InjectedFault
  }

  static func == (a: FaultList, b: FaultList) -> Bool { a.all == b.all }

  /// Returns the faults of a host and its components, but not of its links, in the order in which they began.
  func on(_ host: String) -> [InjectedFault] { faultsByHost[host]?.map { $0.fault } ?? [] }

  /// Returns the faults of exactly this target. The ends of a link must be in the order of
  /// `FaultTarget.normalised`.
  func at(_ target: FaultTarget) -> [InjectedFault] {
    switch target {
    case .component(let address): on(address.host).filter { $0.target == target }
    case .link: linkFaults[target].map { [$0.fault] } ?? []
    }
  }

  /// Returns the faults of these hosts, their components and their links, in the order in which they began.
  func concerning(_ hosts: [String]) -> [InjectedFault] {
    var found: [Int: InjectedFault] = [:]
    for host in hosts {
      for fault in (faultsByHost[host] ?? []) + (linkFaultsByHost[host] ?? []) {
        found[fault.number] = fault.fault
      }
    }
    return found.sorted { $0.key < $1.key }.map { $0.value }
  }

  /// Returns the fault that `append` gave this number; nil if it has been removed.
  subscript(id: ID<InjectedFault>) -> InjectedFault? {
    let index = index(of: id.index)
    return index < numbers.count && numbers[index] == id.index ? all[index] : nil
  }

  /// Adds a fault and returns its number, which no other fault gets.
  @discardableResult
  mutating func append(_ fault: InjectedFault) -> ID<InjectedFault> {
    all.append(fault)
    numbers.append(nextNumber)
    let numbered = NumberedFault(number: nextNumber, fault: fault)
    nextNumber += 1
    switch fault.target {
    case .component(let address): faultsByHost[address.host, default: []].append(numbered)
    case .link(let a, let b):
      linkFaults[fault.target] = numbered
      for end in [a, b] { linkFaultsByHost[end, default: []].append(numbered) }
    }
    return ID(numbered.number)
  }

  mutating func remove(_ gone: [InjectedFault]) {
    for fault in gone {
      removeFromAll(fault)
      switch fault.target {
      case .component(let address):
        faultsByHost[address.host] = FaultList.without(fault, faultsByHost[address.host])
      case .link(let a, let b):
        linkFaults[fault.target] = nil
        for end in [a, b] { linkFaultsByHost[end] = FaultList.without(fault, linkFaultsByHost[end]) }
      }
    }
  }

  /// Removes a fault from `all`, which it searches by number. Comparing the fault with all others would take
  /// much longer.
  private mutating func removeFromAll(_ fault: InjectedFault) {
    let numbered =
      switch fault.target {
      case .component(let address): faultsByHost[address.host]?.first { $0.fault == fault }
      case .link: linkFaults[fault.target]
      }
    guard let number = numbered?.number else { return }
    let index = index(of: number)
    numbers.remove(at: index)
    all.remove(at: index)
  }

  /// Returns the index of a number in `numbers`, or the index at which it would be inserted. The numbers are
  /// in ascending order.
  private func index(of number: Int) -> Int {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func without(_ fault: InjectedFault, _ list: [NumberedFault]?) -> [NumberedFault]? {
    guard let rest = list?.filter({ $0.fault != fault }), !rest.isEmpty else { return nil }
    return rest
  }
}
