using System.Globalization;
using System.Text.RegularExpressions;
using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;

namespace Relais.Campaigns;

/// <summary>A campaign as it is made or changed; of a change, what is left out stays.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="InboxId">The number it goes out from.</param>
/// <param name="Template">What is said.</param>
/// <param name="Audience">Who gets it; a file is brought with PUT …/audience.</param>
/// <param name="Schedule">When it leaves; left out: at once when it is started.</param>
/// <param name="PacePerSecond">Messages a second at most, 0.02 to 1000; 10 when left out. Never above four fifths of what the number may send.</param>
/// <param name="HoldOutPercent">0 to 50: so many get nothing, drawn at random, to compare with.</param>
internal sealed record CampaignRequest(
    string? Name = null, long? InboxId = null, CampaignTemplate? Template = null, CampaignAudience? Audience = null, CampaignSchedule? Schedule = null,
    double? PacePerSecond = null, long? HoldOutPercent = null);

/// <summary>Reads what people say of a campaign. Pure but for the clock and the numbers there are.</summary>
internal static partial class CampaignReading
{
    private const int LongestName = 100;
    private const int MostLanguages = 10;
    private const int MostVariables = 40;
    private const int MostHoldOut = 50;
    private const double Fastest = 1000;
    private const double Slowest = 0.02;
    private const long Furthest = 365 * Instants.Day;

    /// <summary>The campaign with what is said of it, or the refusal that names the field.</summary>
    public static (Campaign? Read, IResult? Wrong) Apply(Campaign now, CampaignRequest said, InboxDirectory inboxes, long at)
    {
        var name = said.Name is { } words ? CustomerText.Normalise(ShortText.OneLine(words)).Trim() : now.Name;
        var inbox = said.InboxId ?? now.InboxId;
        if (name.Length is 0 or > LongestName)
        {
            return Refuse("name", $"name has 1 to {LongestName} characters.");
        }

        if (inboxes.Find(inbox) is not { } number || number.TenantId != now.TenantId)
        {
            return Refuse("inbox_id", "inbox_id is the number it goes out from, one of this business.");
        }

        if (said.Template is null && now.Template.Length == 0)
        {
            return Refuse("template", "template is missing: its name, languages and variables.");
        }

        if (said.PacePerSecond is { } speed && !(speed is >= Slowest and <= Fastest))
        {
            return Refuse("pace_per_second", $"pace_per_second is a number from {Slowest.ToString(CultureInfo.InvariantCulture)} to {Fastest}.");
        }

        if (said.HoldOutPercent is < 0 or > MostHoldOut)
        {
            return Refuse("hold_out_percent", $"hold_out_percent is a number from 0 to {MostHoldOut}.");
        }

        return Problem(said.Template) is { } wrong ? Refuse(wrong.Field, wrong.Sentence)
            : Problem(said.Audience) is { } who ? Refuse(who.Field, who.Sentence)
            : Problem(said.Schedule, at) is { } when ? Refuse(when.Field, when.Sentence)
            : (new Campaign
            {
                TenantId = now.TenantId, Id = now.Id, Name = name, InboxId = inbox, State = now.State, AgentId = now.AgentId, CreatedAt = now.CreatedAt,
                Template = said.Template is { } template ? Campaign.Write(template) : now.Template,
                Audience = said.Audience is { } audience ? Campaign.Write(audience) : now.Audience.Length > 0 ? now.Audience : Campaign.Write(new CampaignAudience(CampaignAudience.All)),
                Schedule = said.Schedule is { } schedule ? Campaign.Write(schedule) : now.Schedule.Length > 0 ? now.Schedule : Campaign.Write(new CampaignSchedule()),
                Pace = said.PacePerSecond is { } pace ? Minutely(pace) : now.Pace > 0 ? now.Pace : Campaign.UsualPace,
                HoldOut = said.HoldOutPercent ?? now.HoldOut, Seed = now.Seed, UpdatedAt = at,
            }, null);
    }

    public static long Minutely(double perSecond) => Math.Max(1, (long)Math.Round(perSecond * 60));

    public static (string Field, string Sentence)? Problem(CampaignSchedule? schedule, long now) => schedule switch
    {
        null => null,
        { At: not null, LocalAt: not null } => ("schedule", "Say at or local_at, not both."),
        { At: { } at } when Instants.ToMicros(at) > now + Furthest => ("schedule.at", "at is within a year."),
        { LocalAt: { } local } when CampaignStart.ReadLocal(local) is null => ("schedule.local_at", "local_at is a local time such as 2026-05-04T10:00."),
        _ => null,
    };

    private static (string Field, string Sentence)? Problem(CampaignTemplate? template)
    {
        if (template is null)
        {
            return null;
        }

        if (template is not { Name.Length: > 0, Languages.Count: > 0 and <= MostLanguages } || template.Languages.Any(string.IsNullOrWhiteSpace)
            || template.Languages.Distinct(StringComparer.OrdinalIgnoreCase).Count() != template.Languages.Count)
        {
            return ("template", $"template has a name and 1 to {MostLanguages} languages, such as fr or en_US, each once.");
        }

        if (template.Variables is null || template.Variables.Count > MostVariables)
        {
            return ("template.variables", "template.variables is an object: a field of the template (body.1) and where its value comes from.");
        }

        foreach (var (field, variable) in template.Variables)
        {
            var place = $"template.variables.{field}";
            if (!Field().IsMatch(field))
            {
                return (place, "A field of a template is body.1, header.1 or buttons[0].");
            }

            if (variable is not { From: "column" or "field" or "constant" })
            {
                return (place, "from is column, field or constant.");
            }

            if (variable.From == "constant" ? string.IsNullOrWhiteSpace(variable.Value) : string.IsNullOrWhiteSpace(variable.Name))
            {
                return (place, variable.From == "constant" ? "A constant has a value." : "Say the name of the column or field.");
            }
        }

        return null;
    }

    private static (string Field, string Sentence)? Problem(CampaignAudience? audience) => audience switch
    {
        null => null,
        { Kind: CampaignAudience.All or CampaignAudience.Csv } => null,
        { Kind: CampaignAudience.Segment, SegmentId: not null } => null,
        { Kind: CampaignAudience.Segment } => ("audience.segment_id", "segment_id is missing."),
        { Kind: CampaignAudience.Contacts, ContactIds.Count: > 0 and <= CampaignAudience.MostContacts } => null,
        { Kind: CampaignAudience.Contacts } => ("audience.contact_ids", $"contact_ids are 1 to {CampaignAudience.MostContacts}."),
        _ => ("audience.kind", "kind is all, segment, contacts or csv."),
    };

    private static (Campaign?, IResult) Refuse(string field, string sentence) => (null, Problems.Invalid400(field, sentence));

    [GeneratedRegex(@"^((body|header)\.[A-Za-z0-9_]{1,60}|buttons\[[0-9]\])\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Field();
}
