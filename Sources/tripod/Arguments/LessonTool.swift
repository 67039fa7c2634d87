/// The word after `tripod lesson`.
enum LessonTool: String, CaseIterable {
  case new, watch, show
}
