import Inspector

extension RequestFix {
  /// The fix as a sentence.
  var line: Line {
    switch self {
    case .none: Line("The same request, sent again now, would succeed.")
    case .wait: Line("The same request, sent 30 seconds later, would succeed.")
    case .fix(let fix): Line("This would have prevented the failure: ") + Line(fix.text, .accent)
    case .repairs(let fix): Line("Only a repair helps: ") + Line(fix.text, .accent)
    }
  }
}
