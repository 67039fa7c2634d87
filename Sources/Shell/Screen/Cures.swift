import Blueprint
import Inspector
import Simulator

extension Session {
  /// The most elements of a site on which fixes for a request are searched for.
  private static let mostSearched = 20_000

  /// Returns a sentence or two on what would have let a failed request succeed. It is tried on copies of the site.
  func cures(for record: Record) throws(Complaint) -> [String] {
    let site = scene.simulation
    guard !isHypothesis, site.size < Session.mostSearched else { return [] }
    let fixes: [RequestFix]
    do {
      fixes = try site.fixes(for: record, goOn: goOn)
    } catch {
      throw .timeLimit
    }
    return fixes.isEmpty ? ["Nothing that was tried here would have saved it."] : fixes.map { $0.sentence }
  }
}

extension RequestFix {
  fileprivate var sentence: String {
    switch self {
    case .none: "Sent again now, such a request is answered."
    case .wait: "Thirty seconds later such a request is answered."
    case .fix(let fix): "\(fix.text) would have saved it."
    case .repairs: "Only repairing what is broken helps."
    }
  }
}
