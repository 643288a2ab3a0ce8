using Microsoft.Extensions.DependencyInjection.Extensions;
using Relais.Channels.Meta;
using Relais.Channels.Twilio;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>The room that talks to providers: it reads what they post, checks that they posted it, and sends.</summary>
internal static class ChannelsModule
{
    /// <param name="services">The host's services.</param>
    /// <param name="metaUrl">Base of the Graph API without version, null for Meta's own.</param>
    /// <param name="twilioUrl">Base of the REST API, null for Twilio's own.</param>
    public static IServiceCollection AddChannels(this IServiceCollection services, Uri? metaUrl, Uri? twilioUrl)
    {
        services.TryAddSingleton<Clock>();
        services.TryAddSingleton(_ => new ProviderCallLog("off"));
        services.AddSingleton<IChannel>(provider => new MetaChannel(
            ProviderHttp.CreateClient(), new MetaOptions(metaUrl ?? MetaOptions.Graph), provider.GetRequiredService<Clock>(),
            provider.GetRequiredService<ProviderCallLog>()));
        services.AddSingleton<IChannel>(provider => new TwilioChannel(
            ProviderHttp.CreateClient(), new TwilioOptions(twilioUrl ?? TwilioOptions.Api), provider.GetRequiredService<Clock>(),
            provider.GetRequiredService<ProviderCallLog>()));
        services.AddSingleton<ChannelSet>();
        services.AddSingleton<IChannelMedia>(provider => new MetaMedia(new MetaOptions(metaUrl ?? MetaOptions.Graph), provider.GetRequiredService<Clock>()));
        services.AddSingleton<IChannelMedia>(provider => new TwilioMedia(new TwilioOptions(twilioUrl ?? TwilioOptions.Api), provider.GetRequiredService<Clock>()));
        services.AddSingleton<ChannelMediaSet>();
        services.AddSingleton<IChannelAccount>(provider => new MetaAccount(
            ProviderHttp.CreateClient(), new MetaOptions(metaUrl ?? MetaOptions.Graph), provider.GetRequiredService<Clock>(),
            provider.GetRequiredService<ProviderCallLog>()));
        services.AddSingleton<IChannelAccount>(provider => new TwilioAccount(
            ProviderHttp.CreateClient(), new TwilioOptions(twilioUrl ?? TwilioOptions.Api), provider.GetRequiredService<Clock>(),
            provider.GetRequiredService<ProviderCallLog>()));
        services.AddSingleton<AccountSet>();
        services.AddSingleton<IChannelTemplates>(provider => new MetaTemplates(
            TemplateChannels.CreateClient(), new MetaOptions(metaUrl ?? MetaOptions.Graph), provider.GetRequiredService<Clock>(),
            provider.GetRequiredService<ProviderCallLog>()));
        services.AddSingleton<IChannelTemplates>(provider => new TwilioTemplates(
            TemplateChannels.CreateClient(), new TwilioOptions(twilioUrl ?? TwilioOptions.Api), provider.GetRequiredService<Clock>(),
            provider.GetRequiredService<ProviderCallLog>()));
        services.AddSingleton<TemplateChannels>();
        return services;
    }
}
