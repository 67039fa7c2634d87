import Blueprint
import Simulator

/// The settings of a target, and their possible values.
extension CandidateSearch {
  mutating func addKeys() {
    guard let target = arguments.lastTarget else { return }
    for key in topology.keys(at: target) { offer(key.name.rawValue, key.summary) }
  }

  mutating func addKeyValues(_ name: String) {
    guard let target = arguments.lastTarget, let key = arguments.lastSetting else { return }
    let place = (try? topology.place(of: key, at: target)) ?? -1
    let now = topology.value(of: key, at: place)?.command
    switch key.values {
    case .flag: for word in ["on", "off"] { offer(word, key.meaning(of: word), isNow: word == now) }
    case .words(let words):
      for word in words { offer(word.text, word.meaning, isNow: word.text == now) }
    case .number, .weight, .span: tell(name, key.sentence(now: now))
    case .limit, .usualSpan:
      tell(name, key.sentence(now: now))
      offer("none", key.meaning(of: "none"), isNow: now == "none")
    }
  }

  private mutating func offer(_ word: String, _ meaning: String, isNow: Bool) {
    offer(word, [meaning, isNow ? "as it is" : ""].filter { !$0.isEmpty }.joined(separator: "; "))
  }
}

extension Setting {
  fileprivate func sentence(now: String?) -> String { values.sentence + (now.map { "; it is \($0)" } ?? "") }
}
