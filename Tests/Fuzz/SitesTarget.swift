@testable import Shell

/// Reads the stored record of a site, and resumes it.
enum SitesTarget {
  static func run(_ bytes: [UInt8]) {
    guard let site = SiteRecord.site(in: bytes) else { return }
    require(!site.steps.isEmpty, "a site without a step is offered")
    let steps = site.steps.enumerated().map { i, step in
      SiteRecord.text(of: step, newDesign: i == 0 ? site.design : nil)
    }
    let written = SiteRecord.head(seed: site.seed) + steps.joined()
    require(SiteRecord.site(in: Array(written.utf8)) == site, "it is read back as another:\n\(written)")
    resume(site)
  }

  private static func resume(_ site: UnfinishedSite) {
    let files = MemoryFiles(left: UnfinishedSite(seed: site.seed, steps: Array(site.steps.prefix(20))))
    var session = FuzzSessions.session(work: 20)
    let reply = session.checked("resume", from: files.userOrigin)
    guard reply.isOK else {
      return require(reply.isInterrupted, "resume is refused: \(reply.failure?.message ?? "")")
    }
    require(reply.effect == .resumed, "resumed without an effect")
    require(session.history.steps.count <= 20, "more steps than there were")
    require(files.texts.isEmpty, "what was written once is written again")
  }
}
