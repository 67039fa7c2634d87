@testable import Shell

/// Reads the stored record of a site, and resumes it.
enum SitesTarget {
  static func run(_ bytes: [UInt8]) {
    guard let site = SiteRecord.site(in: bytes) else { return }
    promise(!site.steps.isEmpty, "a site without a step is offered")
    let written = SiteRecord.head(seed: site.seed) + site.steps.map(SiteRecord.text).joined()
    promise(SiteRecord.site(in: Array(written.utf8)) == site, "it is read back as another:\n\(written)")
    resume(site)
  }

  private static func resume(_ site: LeftSite) {
    let files = MemoryFiles(left: LeftSite(seed: site.seed, steps: Array(site.steps.prefix(20))))
    var session = Bench.session(work: 20)
    let reply = session.checked("resume", from: files.person)
    guard reply.isOK else {
      return promise(reply.isInterrupted, "resume is refused: \(reply.failure?.message ?? "")")
    }
    promise(reply.effect == .resumed, "resumed without an effect")
    promise(session.history.steps.count <= 20, "more steps than there were")
    promise(files.texts.isEmpty, "what was written once is written again")
  }
}
