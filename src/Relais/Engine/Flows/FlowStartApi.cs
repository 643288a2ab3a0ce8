using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows;

/// <summary>What a program starts a flow with (Twilio: To, From, Parameters; the latter may be JSON in a string).</summary>
/// <param name="To">The customer's number with its country code; or contact_id.</param>
/// <param name="From">Our number; may be left out when there is one only, or an earlier conversation.</param>
/// <param name="Parameters">Any JSON object: flow.data and trigger.request.parameters.</param>
/// <param name="ContactId">Ours, instead of a number.</param>
internal sealed record FlowStartRequest(string? To = null, string? From = null, JsonElement? Parameters = null, long? ContactId = null);

/// <param name="Id">Of the execution.</param>
/// <param name="FlowId">The flow.</param>
/// <param name="ConversationId">Where it runs.</param>
/// <param name="Status">active.</param>
internal sealed record FlowStarted(long Id, long FlowId, long ConversationId, string Status);

/// <summary>Starts flows for programs: the trigger incomingRequest. A customer who talks with people, or is in a flow, is left where they are.</summary>
internal static class FlowStartApi
{
    public static void MapFlowStarts(this IEndpointRouteBuilder app) => app.MapPost("/api/flows/{id:long}/executions", Start)
        .WithTags("Flows").RequireAuthorization(Policies.Agent).WithName("StartFlow").WithSummary("Start a flow for a customer (trigger incomingRequest)")
        .WithDescription("Outside the service window the flow has to begin with a template. Takes an Idempotency-Key.")
        .Accepts<FlowStartRequest>("application/json").Produces<FlowStarted>(201)
        .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> Start(
        HttpContext http, SignedIn who, long id, Idempotency idempotency, FlowDirectory directory, FlowStarts starts, Database database, Ids ids)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var asked = Read(http.Request, bytes);
        var revision = await database.Read(Scope.Tenant(who.Tenant), tx => AiRevision.Of(tx, who.Tenant), http.RequestAborted);
        var known = await directory.Of(who.Tenant, revision, http.RequestAborted);
        if (known.Flows.FirstOrDefault(f => f.FlowId == id) is not { } flow)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (flow.Definition is null)
        {
            return Problems.Refuse(Problems.FlowNotPublished);
        }

        var range = await ids.Take(FlowStarts.IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, $"flows/{id}/executions", bytes, async tx =>
        {
            range.Rewind();
            return await starts.Start(tx, who.Tenant, flow, asked, range);
        });
    }

    /// <summary>Lenient: names as ours or as Twilio's, as JSON or as a form.</summary>
    private static FlowStartRequest Read(HttpRequest request, byte[] bytes)
    {
        var isForm = request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        var fields = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        if (isForm)
        {
            foreach (var (key, value) in Channels.Twilio.TwilioForm.Parse(bytes))
            {
                fields[key] = JsonSerializer.SerializeToElement(value);
            }
        }
        else
        {
            foreach (var property in Object(bytes.Length == 0 ? "{}"u8.ToArray() : bytes).EnumerateObject())
            {
                fields[property.Name] = property.Value;
            }
        }

        string? Text(string name) => fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var contact = fields.TryGetValue("contact_id", out var told) && told.ValueKind == JsonValueKind.Number && told.TryGetInt64(out var number) ? number : (long?)null;
        return new FlowStartRequest(Text("to"), Text("from"), Parameters(fields.GetValueOrDefault("parameters")), contact);
    }

    private static JsonElement? Parameters(JsonElement told)
    {
        if (told.ValueKind == JsonValueKind.String)
        {
            return Object(Encoding.UTF8.GetBytes(told.GetString() is { Length: > 0 } text ? text : "{}"));
        }

        return told.ValueKind == JsonValueKind.Object ? told : null;
    }

    /// <summary>An object that a run can hold: read once and for all, without names twice or halves of characters.</summary>
    private static JsonElement Object(byte[] json) =>
        FlowText.Parse(json, out var problem) is not { } read ? throw new JsonException(problem)
        : read.ValueKind != JsonValueKind.Object || FlowText.HasBrokenText(read) ? throw new JsonException("It has to be an object.")
        : read;
}
