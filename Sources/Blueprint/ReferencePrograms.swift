/// The real programs whose behaviour the model reproduces.
public enum ReferencePrograms {
  /// The programs with their versions, as a list in a sentence.
  public static let versions =
    "HAProxy 2.6.12, nginx 1.22.1, gunicorn 20.1.0, MariaDB 10.11.19 and keepalived 2.2.7"
}
