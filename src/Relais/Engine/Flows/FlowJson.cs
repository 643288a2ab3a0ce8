using System.Text.Json;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>A flow as lists show it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Sid">FW…: what run-subflow and {{flow.flow_sid}} say.</param>
/// <param name="Status">draft (never or no longer published), published or archived.</param>
/// <param name="PublishedVersion">The one that starts; null: none.</param>
/// <param name="DraftRevision">To be sent with the next save of the draft.</param>
/// <param name="HasChanges">The draft is not what is published.</param>
/// <param name="Settings">What starts it, and how it gets along with people.</param>
/// <param name="SessionsActive">Runs under way.</param>
internal record FlowJson(
    long Id, string Name, string Sid, string Status, long? PublishedVersion, long DraftRevision, bool HasChanges, FlowSettings Settings,
    long SessionsActive, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static FlowJson Of(StoredFlow flow) => new(
        flow.Id, flow.Name, flow.Sid, StatusOf(flow), flow.PublishedVersion, flow.DraftRevision, flow.HasChanges == 1, flow.ReadSettings(),
        flow.SessionsActive, Instants.FromMicros(flow.CreatedAt), Instants.FromMicros(flow.UpdatedAt));

    public static string StatusOf(StoredFlow flow) =>
        flow.ArchivedAt is not null ? "archived" : flow.PublishedVersion is not null ? "published" : "draft";
}

/// <summary>A flow with what it says.</summary>
/// <param name="Definition">The draft.</param>
/// <param name="Report">What becomes of it here.</param>
internal sealed record FlowInFullJson(
    long Id, string Name, string Sid, string Status, long? PublishedVersion, long DraftRevision, bool HasChanges, FlowSettings Settings,
    long SessionsActive, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, JsonElement Definition, FlowReport Report)
    : FlowJson(Id, Name, Sid, Status, PublishedVersion, DraftRevision, HasChanges, Settings, SessionsActive, CreatedAt, UpdatedAt)
{
    public static FlowInFullJson Of(StoredFlow flow, IReadOnlySet<string> sids)
    {
        var (short_, definition) = (FlowJson.Of(flow), JsonElement.Parse(flow.Draft));
        return new FlowInFullJson(
            short_.Id, short_.Name, short_.Sid, short_.Status, short_.PublishedVersion, short_.DraftRevision, short_.HasChanges, short_.Settings,
            short_.SessionsActive, short_.CreatedAt, short_.UpdatedAt, definition,
            FlowReport.Of(definition, new FlowSurroundings(sids, short_.Settings.Functions)));
    }
}

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Settings">What is left out of it stays as it is.</param>
/// <param name="Archived">True puts it away: it starts no more, and runs under way end.</param>
internal sealed record FlowChangeRequest(string? Name, FlowSettingsRequest? Settings, bool? Archived);

/// <param name="DraftRevision">To be sent with the next save.</param>
/// <param name="Report">What becomes of the draft here.</param>
internal sealed record DraftSavedJson(long DraftRevision, FlowReport Report);
