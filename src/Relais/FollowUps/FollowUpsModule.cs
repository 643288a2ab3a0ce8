using Relais.FollowUps.Api;
using Relais.FollowUps.Finding;
using Relais.FollowUps.Planning;
using Relais.FollowUps.Sending;

namespace Relais.FollowUps;

/// <summary>
/// Follow-ups. In: customers who went quiet, as rules find them or people name them. Out: a plan in front of a person, and, once it is
/// approved, its steps through the send gate. Promise: nothing is sent to someone who opted out, wrote, bought or is with a person; never in
/// their quiet hours, on a holiday, or a step twice. The limits are code (<see cref="FollowUpLimits"/>), whatever a model proposes.
/// </summary>
internal static class FollowUpsModule
{
    public static void AddFollowUps(this IServiceCollection services)
    {
        services.AddSingleton<Beginnings>();
        services.AddSingleton<PlanModel>();
        services.AddSingleton<FollowUpPlanner>();
        services.AddSingleton<FollowUpSends>();
        services.AddSingleton<FollowUpNews>();
        services.AddSingleton<ChangeWatch>();
    }

    public static void MapFollowUps(this IEndpointRouteBuilder app)
    {
        app.MapPlans();
        app.MapSteps();
        app.MapPreviews();
        app.MapFollowUpRules();
        app.MapHolidays();
        app.MapFollowUpFigures();
    }
}
