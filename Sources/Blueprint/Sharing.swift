/// How several servers or balancers share the work: all of them at once, or the first with the others as
/// standbys.
public enum Sharing: String, CaseIterable, Sendable {
  case activeActive = "active-active"
  case activePassive = "active-passive"
}
