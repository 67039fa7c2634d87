import Blueprint

/// What a user types to log in, and what the programs on the way make of it.
enum Login {
  static let path = "/login"
  static let user = "ana"
  static let form = "user=ana&password=blue-kettle-42"

  /// The request as it stands on a wire. Who passes it on says for whom.
  static func request(isPassedOn: Bool) -> [String] {
    ["POST \(path) HTTP/1.1", "Host: \(Topology.siteName)"]
      + (isPassedOn ? ["X-Forwarded-For: \(IPv4.someUser.text)"] : [])
      + [
        "Content-Type: application/x-www-form-urlencoded", "Content-Length: \(form.utf8.count)", "", form,
      ]
  }

  static func answer(_ status: Int, session: String) -> [String] {
    ["HTTP/1.1 \(status)"] + (status == 200 ? ["Set-Cookie: session=\(session)"] : [])
  }

  /// What somebody asks for who has logged in before.
  static func page(isPassedOn: Bool, session: String) -> [String] {
    ["GET / HTTP/1.1", "Host: \(Topology.siteName)"]
      + (isPassedOn ? ["X-Forwarded-For: \(IPv4.someUser.text)"] : []) + [cookie(session: session)]
  }

  static func cookie(session: String) -> String { "Cookie: session=\(session)" }

  /// What an application says to its database. The password of a database's own user crosses the wire scrambled.
  static func statement(_ text: String) -> [String] { ["log in as app, password scrambled", text] }

  static func select(session: String) -> String { "SELECT user FROM sessions WHERE id = '\(session)'" }

  static func insert(session: String) -> String {
    "INSERT INTO sessions (id, user) VALUES ('\(session)', '\(user)')"
  }
}
