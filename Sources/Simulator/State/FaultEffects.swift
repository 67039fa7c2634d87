import Blueprint

/// The combined effects of faults on a host or a component.
struct FaultEffects {
  private(set) var isCrashed = false
  private(set) var isHung = false
  private(set) var isPoweredOff = false
  private(set) var isCut = false
  private(set) var isDiskFull = false
  private(set) var slowness: Int64 = 0
  /// Whether a bad release fails only on pages, not on the health page; nil if the release is good.
  private(set) var badReleasePagesOnly: Bool?

  init(_ faults: [Fault]) {
    for fault in faults {
      switch fault.row.effect {
      case .stopsProcess: isCrashed = true
      case .freezesProcess: isHung = true
      case .slowsService(let span): slowness += span.nanoseconds
      case .takesPower: isPoweredOff = true
      case .dropsPackets: isCut = true
      case .breaksRelease(let pagesOnly): badReleasePagesOnly = badReleasePagesOnly ?? pagesOnly
      case .fillsDisk: isDiskFull = true
      // The balancer's certificate is updated separately.
      case .endsValidity: break
      }
    }
  }

  var condition: Component.Condition { isCrashed || isPoweredOff ? .crashed : isHung ? .hung : .running }
}
