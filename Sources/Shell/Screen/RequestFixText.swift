import Inspector

extension RequestFix {
  /// The fix as a sentence.
  var sentence: String {
    switch self {
    case .none: "Sent again now, such a request is answered."
    case .wait: "Thirty seconds later such a request is answered."
    case .fix(let fix): "\(fix.text) would have saved it."
    case .repairs: "Only repairing what is broken helps."
    }
  }
}
