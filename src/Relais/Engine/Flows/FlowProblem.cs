namespace Relais.Engine.Flows;

/// <summary>Something wrong with a definition.</summary>
/// <param name="Step">Name of the widget, or null when it is about the whole flow.</param>
/// <param name="Path">Where in the definition, for example <c>states[3].transitions[0].next</c>; null for the whole.</param>
/// <param name="Code">Stable word for programs.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Blocks">Whether it keeps the flow from being published; what does not is run as Studio runs it.</param>
internal sealed record FlowProblem(string? Step, string? Path, string Code, string Message, bool Blocks);
