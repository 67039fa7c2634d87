import Course
import Facts
import Simulator

/// A session's place in a lesson.
struct Learning: Sendable {
  var study: Study? {
    get { boxedStudy?.value }
    set { boxedStudy = newValue.map { .of($0) } }
  }
  private var boxedStudy: Boxed<Study>?
  /// The run that the journal knows it by, and how many lines it has.
  var run: String?
  var lines = 0
  /// What came of the command that is being obeyed, for the journal.
  var events: [JournalEvent] = []
  /// What the journal could not be told so far; it is told with what comes next.
  var unkept: [JournalEvent] = []
  /// How many runs this session has begun.
  var runs = 0
  /// Lines that were not replayed, because they need files.
  var notReplayed: [String] = []
  /// Whether what was typed before is only done again.
  var isReplaying = false
  /// The site at the start of the lesson, and at that of the task.
  var home: Boxed<Scene>?
  var taskStart: Boxed<Scene>?
  /// Whether the lines that are being obeyed are those of the lesson's author.
  var isArranging = false
  /// Where `resume` goes back to.
  var parked: Boxed<Parked>?

  /// Whether one is in a lesson or in free play; `resume` is about that, then.
  var isAway: Bool { parked != nil || study != nil }

  /// All that free play must leave as it was.
  struct Parked: Sendable {
    let scene: Scene
    let history: History
    let study: Study?
  }

  /// What `reset` goes back to in a lesson: the task's start for a learner, the lesson's for its author.
  var start: Scene? {
    if isArranging { return home?.value }
    return study?.task != nil && parked == nil ? taskStart?.value : nil
  }

  /// As the prompt says it: `spof 2/5`.
  var place: String? {
    guard let study else { return parked == nil ? nil : "play" }
    if parked != nil { return "\(study.lesson.id) play" }
    switch study.stage {
    case .recall: return "\(study.lesson.id) recall"
    case .task(let number): return "\(study.lesson.id) \(number + 1)/\(study.tasks.count)"
    case .friend, .over: return "\(study.lesson.id) end"
    }
  }
}

extension Session {
  /// What the requests and events of an action let the learner see.
  mutating func note(_ outcome: Outcome) {
    guard learning.study != nil, learning.parked == nil else { return }
    for name in FactEvent.names(in: outcome) where learning.study?.seen.contains(name) == false {
      learning.study?.seen.append(name)
    }
  }
}
