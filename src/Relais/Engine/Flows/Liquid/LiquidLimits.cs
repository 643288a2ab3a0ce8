namespace Relais.Engine.Flows.Liquid;

/// <summary>How far one text may go.</summary>
/// <param name="Now">What "now" is in <c>{{ "now" | date: … }}</c>; its offset is the zone dates are printed in.</param>
/// <param name="LoopItems">Rounds of one loop; Studio's FAQ says 15.</param>
/// <param name="Steps">Nodes, filters and path parts evaluated in all.</param>
/// <param name="Characters">Of the text that comes out.</param>
internal readonly record struct LiquidLimits(DateTimeOffset Now, int LoopItems = 15, int Steps = 20_000, int Characters = 65_536);

/// <param name="Text">What came out; "" when the template is broken.</param>
/// <param name="Problem">A sentence for the person who wrote the template, or null.</param>
internal readonly record struct LiquidResult(string Text, string? Problem);
