using Relais.Foundation;
using Relais.Inboxes;
using Relais.Simulator;
using Relais.Tenants;

namespace Relais.Commands;

/// <summary>
/// The demo: the sample business, its one agent, and a number of each channel whose provider is the simulator inside. The keys
/// are made anew at each start and never leave the process.
/// </summary>
internal sealed class Demo(
    SampleBusiness sample, SampleCases cases, SampleFlows flows, Provisioning provisioning, InboxStore inboxes, Settings settings, IServiceProvider services)
{
    private const string MetaNumberId = "100000000000001";
    private const string MetaNumber = "+33100000001";
    private const string MetaAccount = "demo-waba";
    private const string TwilioNumber = "+33100000002";
    private const string TwilioAccount = "AC00000000000000000000000000000demo";

    public async Task Seed(CancellationToken cancel)
    {
        var tenantId = await SeedBusiness(cancel);
        await provisioning.AddAgent(
            Provisioning.DemoEmail, Provisioning.DemoPassword, "Camille", Roles.Owner, SampleBusiness.Name, isDemo: true, cancel: cancel);
        var hub = services.GetRequiredService<SimulatorHub>();
        hub.Redelivery = RedeliveryPolicy.LikeMeta;
        var own = new Uri(settings.Urls.Split(';')[0]);
        var secret = Secrets.NewToken("demo-");
        var token = Secrets.NewToken("demo-");
        await inboxes.Put(tenantId, new InboxSetup(
            false, MetaAccount, MetaNumberId, MetaNumber, "WhatsApp (Meta)", secret, Secrets.NewToken("demo-"), token, null, "demo"), cancel);
        await inboxes.Put(tenantId, new InboxSetup(
            true, TwilioAccount, TwilioNumber, TwilioNumber, "WhatsApp (Twilio)", token, null, token, null, "demo"), cancel);
        hub.Connect(new SimulatedNumber(
            SimulatedChannel.Meta, MetaNumberId, MetaNumber, MetaAccount, secret, token, new Uri(own, "api/whatsapp/webhook"), SampleBusiness.Name));
        hub.Connect(new SimulatedNumber(
            SimulatedChannel.Twilio, TwilioNumber, TwilioNumber, TwilioAccount, token, token,
            new Uri(own, "api/whatsapp/webhook/incoming"), SampleBusiness.Name + " (Twilio)"));
        await flows.Fill(tenantId, cancel);
        DemoTemplates.Put(hub, MetaAccount, TwilioAccount, hub.Now);
    }

    /// <summary>The sample business without its people and numbers.</summary>
    public async Task<long> SeedBusiness(CancellationToken cancel)
    {
        var tenantId = await provisioning.EnsureFirstTenant(SampleBusiness.Name, settings.Language, cancel);
        await sample.Fill(tenantId, cancel);
        await sample.FillCustomer(tenantId, cancel);
        await sample.FillProducts(tenantId, cancel);
        await cases.Fill(tenantId, cancel);
        return tenantId;
    }
}
