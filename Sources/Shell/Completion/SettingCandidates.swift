import Blueprint
import Simulator

/// Candidates for the settings of a target and their values.
extension CandidateSearch {
  mutating func addSettings() {
    guard let target = arguments.lastTarget else { return }
    for setting in topology.settings(at: target) { addCandidate(setting.name.rawValue, setting.summary) }
  }

  mutating func addSettingValues(_ name: String) {
    guard let target = arguments.lastTarget, let setting = arguments.lastSetting else { return }
    let index = (try? topology.index(of: setting, at: target)) ?? -1
    let now = topology.value(of: setting, at: index)?.command
    switch setting.values {
    case .flag:
      for word in ["on", "off"] { addCandidate(word, setting.meaning(of: word), isNow: word == now) }
    case .words(let words):
      for word in words { addCandidate(word.text, word.meaning, isNow: word.text == now) }
    case .number, .weight, .span: addHint(name, setting.sentence(now: now))
    case .limit, .optionalSpan:
      addHint(name, setting.sentence(now: now))
      addCandidate("none", setting.meaning(of: "none"), isNow: now == "none")
    }
  }

  private mutating func addCandidate(_ word: String, _ meaning: String, isNow: Bool) {
    addCandidate(word, [meaning, isNow ? "as it is" : ""].filter { !$0.isEmpty }.joined(separator: "; "))
  }
}

extension Setting {
  fileprivate func sentence(now: String?) -> String { values.sentence + (now.map { "; it is \($0)" } ?? "") }
}
