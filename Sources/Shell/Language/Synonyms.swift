import Blueprint

/// Words that people try, with the right words. They are only suggestions, which keeps the language small.
enum Synonyms {
  /// Synonyms of commands.
  static let verbs: [String: String] = [
    (
      "break", ["kill", "stop", "crash", "fail", "shutdown", "halt", "down", "unplug", "disable", "poweroff"]
    ),
    ("repair", ["fix", "heal", "mend", "restore", "restart", "start", "revive", "recover", "reboot", "up"]),
    (
      "send", ["request", "requests", "curl", "get", "post", "hit", "ping", "fetch", "visit", "wget", "call"]
    ),
    (
      "show", ["status", "list", "view", "display", "print", "info", "cat", "see", "look", "inspect", "draw"]
    ),
    ("add", ["create", "make", "install", "insert"]),
    ("remove", ["delete", "rm", "del", "destroy", "drop", "erase", "kick"]),
    ("wait", ["sleep", "pause", "tick"]),
    ("set", ["config", "configure", "change", "update", "edit", "put"]),
    ("promote", ["failover", "elect"]),
    ("assert", ["verify", "ensure"]),
    ("explain", ["define", "meaning"]),
    ("load", ["open", "import", "design", "designs"]),
    ("save", ["store", "write"]),
    ("undo", ["revert", "cancel", "rollback"]),
    ("algorithm", ["balance", "balancing", "scheduler", "schedule"]),
    ("help", ["man", "manual", "commands", "usage"]),
    ("repair", ["unbreak", "enable"]),
  ]
  .reduce(into: [:]) { table, entry in for word in entry.1 { table[word] = entry.0 } }

  /// Words that begin a line and suggest a command, but are not commands.
  static let leadingWords: Set<String> = ["slow", "hang", "freeze", "please"]

  /// Synonyms of the words after a command.
  static let words: [String: [String]] = [
    "at": ["rate"], "@": ["rate"], "off": ["power"], "dead": ["crash"], "stop": ["crash"], "kill": ["crash"],
    "down": ["power"], "freeze": ["hang"], "frozen": ["hang"], "stuck": ["hang"], "unplug": ["cut"],
    "network": ["cut"], "isolate": ["cut"], "full": ["disk-full"], "reads": ["read"], "get": ["read"],
    "gets": ["read"], "writes": ["write"], "post": ["write"], "posts": ["write"], "images": ["static"],
    "image": ["static"], "passive": ["active-passive"], "php": ["app"],
    "servers": ["server"], "ssl": ["tls"], "https": ["tls"], "certificate": ["tls"],
    "monitoring": ["monitor"], "loadbalancer": ["balancer"],
    "lb": ["balancer"], "time": ["clock"],
    "redis": ["store"], "cache": ["store"], "key-value-store": ["store"],
    "latest": ["last"], "error": ["failed"], "fail": ["failed"], "failure": ["failed"], "alive": ["up"],
  ]

  /// Words without a meaning of their own, which can be left out.
  static let fillerWords: Set<String> = [
    "everything", "a", "an", "the", "to", "of", "is", "=", "for", "and", "please", "requests", "request",
    "req", "on", "at",
    "with", "now", "it", "kind", "go", "are", "link", "host", "server", "node", "times", "all", "called",
    "named",
    "per", "second", "connections", "by", "in", "percent",
  ]

  /// Hyphenated words of the language, which people type as two words.
  static let compoundWords: Set<String> = [
    "bad-release", "disk-full", "active-active", "active-passive", "static-rr", "check-path", "max-fails",
    "key-value-store", "fail-timeout", "timeout-connect", "timeout-queue", "timeout-server", "timeout-read",
    "to-servers",
  ]

  /// Returns the components that a word describes by kind or role, not by name.
  static func componentNames(called word: String, in topology: Topology) -> [String] {
    let kind =
      ComponentKind.allCases.first { $0.profile.synonyms.contains(word) } ?? ComponentKind(rawValue: word)
    guard let kind else { return [] }
    let role: MySQL.Role? =
      ["primary", "master"].contains(word) ? .primary : ["replica", "slave"].contains(word) ? .replica : nil
    return topology.hosts.filter { host in
      host.has(kind) && (role == nil || host.mysql?.role == role)
    }
    .map { kind == .haproxy ? $0.name : Address($0.name, kind).text }
  }
}
