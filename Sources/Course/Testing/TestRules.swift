/// Which checks `tripod test` makes.
public enum TestRules {
  /// Whether predictions need facts, statements must name the kinds of request that their facts judge, and
  /// unreal settings may not reach a goal.
  public static let areStrict = true
}
