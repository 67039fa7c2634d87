import Inspector
import Simulator

/// Rebuilds a site that an earlier session left.
enum SiteReplay {
  /// Replays all steps of the earlier session, so that this session continues from its end. The steps can
  /// still be undone.
  static func resume(
    _ site: UnfinishedSite, _ tutor: inout Tutor, _ access: FileAccess
  ) throws(Complaint) -> CommandResponse {
    let count = Double(site.steps.count)
    var copy = Tutor(
      designs: tutor.session.designs.builtIn, folder: tutor.session.designs.folder, seed: site.seed)
    var lost: [String] = []
    for (number, step) in site.steps.enumerated() {
      copy.session.limits.shouldContinue = { [shouldContinue = tutor.session.shouldContinue] in
        shouldContinue((Double(number) + $0) / count)
      }
      if try !redo(&copy, step, access.replaying(with: step.files)) {
        lost.append(Sentences.clean(step.command))
      }
    }
    tutor.loadedSite = copy.loadedSite
    tutor.history = copy.history
    var answer = CommandResponse(site.sentences(lost: lost))
    answer.members = [
      JSON.Member(.steps, .integer(site.steps.count - lost.count)),
      JSON.Member(.lost, .array(lost.map { .string($0) })),
    ]
    answer.effect = .resumed
    return answer
  }

  /// Repeats a step. Returns whether the step changed the site.
  private static func redo(
    _ tutor: inout Tutor, _ step: UnfinishedSite.RecordedStep, _ access: FileAccess
  ) throws(Complaint) -> Bool {
    guard tutor.session.shouldContinue(0) else { throw .timeLimit }
    let before = tutor.revision
    let reply = tutor.obey(step.command, from: .person(access))
    if reply.failure == Sentences.failure(for: .timeLimit) { throw .timeLimit }
    return tutor.revision != before
  }
}

extension FileAccess {
  /// Returns access for replaying a step. The step reads the given files as they were then, and writes
  /// nothing.
  fileprivate func replaying(with files: [Document]) -> FileAccess {
    @Sendable func savedText(_ path: String) -> FileText? {
      files.last { $0.name == path }.map { .text($0.text) }
    }
    return FileAccess(
      read: { path in savedText(path) ?? read(path) },
      readDesign: { name, path in
        savedText(FileAccess.path(of: name, beside: path)) ?? readDesign(name, path)
      },
      write: { _, _, _ in nil })
  }
}

extension UnfinishedSite {
  fileprivate func sentences(lost: [String]) -> [Line] {
    let done = steps.count - lost.count
    var lines = [Line("\(done) \(done == 1 ? "step" : "steps") done again; the site is as it was left.")]
    if !lost.isEmpty {
      lines = [
        Line("\(done) of \(steps.count) steps done again."),
        Line("No longer possible: \(Sentences.listed(lost)).", .failed),
      ]
    }
    return lines
  }
}
