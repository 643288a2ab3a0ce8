using System.Text.Json.Serialization;

namespace Relais.Engine.Why;

/// <summary>Why a turn ended as it did. What customers wrote in it is cut and card numbers are masked.</summary>
/// <param name="Rule">What decided: a word of <see cref="TurnNotes"/>.</param>
/// <param name="Handoff">The reason's word when people got it, or null.</param>
/// <param name="Language">fr, ar or en; null when none was looked for.</param>
/// <param name="PromptVersion">The business's prompt; 0 for none.</param>
/// <param name="Provider">Who answered: built_in, openai …; null when nobody was asked.</param>
/// <param name="Model">The provider's name of the model, or null.</param>
/// <param name="Usage">Of all model calls; null when none was made.</param>
/// <param name="DurationMicros">Of the deciding.</param>
/// <param name="Detail"><see cref="TraceDetail"/> as JSON; null when there is nothing to tell.</param>
internal sealed record TurnTrace(
    string Rule, string? Handoff, string? Language, long PromptVersion, string? Provider, string? Model, TraceUsage? Usage, long DurationMicros,
    string? Detail);

/// <param name="TokensIn">As the providers counted them.</param>
/// <param name="TokensOut">As the providers counted them.</param>
/// <param name="CostMicros">Micro-dollars, as in ai_usage.</param>
internal sealed record TraceUsage(long TokensIn, long TokensOut, long CostMicros);

/// <summary>What is told in lists; a list without anything in it is null.</summary>
/// <param name="Tools">In the order they ran.</param>
/// <param name="Sources">What the business's knowledge held about it, best first for each question.</param>
/// <param name="Calls">Each call to a model that is not built in.</param>
internal sealed record TraceDetail(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TracedTool>? Tools,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TracedSource>? Sources,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TracedCall>? Calls);

/// <param name="Name">The tool's.</param>
/// <param name="Arguments">By name, cut.</param>
/// <param name="Result">Cut; null when it is told as sources, or when it did not run.</param>
/// <param name="Proposed">True when it was only described to a person.</param>
/// <param name="Micros">Microseconds it took.</param>
internal sealed record TracedTool(
    string Name, IReadOnlyDictionary<string, string> Arguments,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Result,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Proposed,
    long Micros);

/// <param name="Kind">faq or passage.</param>
/// <param name="Id">Of it.</param>
/// <param name="Title">The FAQ's question or the passage's heading, cut.</param>
/// <param name="Score">Between 0 and 1.</param>
/// <param name="Quoted">True when the answer holds it word for word.</param>
internal sealed record TracedSource(
    string Kind, long Id, string Title, double Score,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Quoted);

/// <param name="Provider">Whose model.</param>
/// <param name="Model">Its name.</param>
/// <param name="InputTokens">As the provider counted them.</param>
/// <param name="OutputTokens">As the provider counted them.</param>
/// <param name="CostMicros">Micro-dollars.</param>
/// <param name="DurationMs">Until the answer or the failure.</param>
/// <param name="Outcome">answered, or how it failed, in the words of ai_usage.</param>
internal sealed record TracedCall(
    string Provider, string Model, long InputTokens, long OutputTokens, long CostMicros, long DurationMs, string Outcome);
