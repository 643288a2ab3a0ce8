using Relais.Campaigns.Audience;
using Relais.Campaigns.Figures;
using Relais.Campaigns.Sending;

namespace Relais.Campaigns;

/// <summary>
/// Campaigns: one template to many customers, each of them once. In: a template, an audience, a time. Out: messages offered to the send
/// gate at a pace, and what became of each recipient. Promise: nobody gets one twice and nobody is forgotten, whatever dies.
/// </summary>
internal static class CampaignsModule
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.AddSingleton<CampaignStart>();
        services.AddSingleton<CampaignFilling>();
        services.AddSingleton<CampaignTiers>();
        services.AddSingleton<CampaignSending>();
        services.AddSingleton<CampaignSweep>();
        services.AddSingleton<CampaignNews>();
        return services;
    }

    public static void MapCampaigns(this IEndpointRouteBuilder app)
    {
        app.MapCampaignRecords();
        app.MapCampaignVerbs();
        app.MapAudience();
        app.MapTestSend();
        app.MapCampaignFigures();
        app.MapPrices();
    }
}
