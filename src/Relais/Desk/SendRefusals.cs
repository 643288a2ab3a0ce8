using Relais.Foundation;
using Relais.Outbox;

namespace Relais.Desk;

/// <summary>A refusal of the send gate as the API tells it.</summary>
internal static class SendRefusals
{
    public static Problem Problem(string code) => code switch
    {
        SendRules.OptedOut => Problems.OptedOut,
        SendRules.WindowClosed => Problems.WindowClosed,
        SendRules.ContactBlocked => Problems.ContactBlocked,
        MonthlyMessages.Reached => Problems.MessageLimit,
        MonthlyMessages.Suspended => Problems.TenantSuspended,
        SendRules.MarketingOptedOut => Problems.MarketingOptedOut,
        SendRules.UtilityOptedOut => Problems.UtilityOptedOut,
        "marketing_not_granted" => Problems.MarketingNotGranted,
        "invalid_content" => Problems.Invalid,
        _ => Problems.TemplateUnusable,
    };

    /// <summary>With the templates that would be taken, why one was not (<c>reason</c>: template_unknown …), or the field that is wrong.</summary>
    public static IResult Answer(SendDecision.Refused refused)
    {
        var more = new Dictionary<string, object?>();
        if (refused.Code == SendRules.WindowClosed || refused.Templates.Count > 0)
        {
            more["templates"] = refused.Templates;
        }

        if (Problem(refused.Code) == Problems.TemplateUnusable)
        {
            more["reason"] = refused.Code;
        }

        if (refused.Field is { } field)
        {
            more["errors"] = new Dictionary<string, string[]> { [$"content.{field}"] = [refused.Reason] };
        }

        return Problems.RefuseWith(Problem(refused.Code), refused.Reason, more);
    }
}
