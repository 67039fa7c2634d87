import Blueprint

/// The texts of a login: what the user sends, and what each component then sends.
enum Login {
  static let path = "/login"
  static let user = "ana"
  static let form = "user=ana&password=blue-kettle-42"

  /// Returns the text of the login request. With `isForwarded`, it contains the user's address, which a proxy
  /// adds.
  static func request(isForwarded: Bool) -> [String] {
    ["POST \(path) HTTP/1.1", "Host: \(Topology.siteName)"]
      + (isForwarded ? ["X-Forwarded-For: \(IPv4.defaultUser.text)"] : [])
      + [
        "Content-Type: application/x-www-form-urlencoded", "Content-Length: \(form.utf8.count)", "", form,
      ]
  }

  static func answer(_ status: Int, session: String) -> [String] {
    ["HTTP/1.1 \(status)"] + (status == 200 ? ["Set-Cookie: session=\(session)"] : [])
  }

  /// Returns the text of a request for a page from a user who is logged in.
  static func page(isForwarded: Bool, session: String) -> [String] {
    ["GET / HTTP/1.1", "Host: \(Topology.siteName)"]
      + (isForwarded ? ["X-Forwarded-For: \(IPv4.defaultUser.text)"] : []) + [cookie(session: session)]
  }

  static func cookie(session: String) -> String { "Cookie: session=\(session)" }

  /// Returns the text that an application sends to its database. MySQL's protocol hides the application's own
  /// password.
  static func statement(_ text: String) -> [String] { ["log in as app, password scrambled", text] }

  static func select(session: String) -> String { "SELECT user FROM sessions WHERE id = '\(session)'" }

  static func insert(session: String) -> String {
    "INSERT INTO sessions (id, user) VALUES ('\(session)', '\(user)')"
  }
}
