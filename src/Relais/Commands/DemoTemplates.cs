using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Relais.Channels.Meta;
using Relais.Channels.Twilio;
using Relais.Simulator;
using Relais.Simulator.Templates;
using Relais.Templates;
using TwilioContent = Relais.Simulator.Templates.TwilioContent;

namespace Relais.Commands;

/// <summary>The templates that come with Relais, approved at the demo's provider before the first look at it. Their ids stay the same from start to start.</summary>
internal static class DemoTemplates
{
    public static void Put(SimulatorHub hub, string metaAccount, string twilioAccount, DateTimeOffset now)
    {
        foreach (var (index, shipped) in ShippedTemplates.All.Index())
        {
            var template = shipped.Definition;
            hub.Templates.Put(new MetaTemplate($"10000000000{index:0000}", metaAccount, template.Name, template.Language)
            {
                Category = template.Category.ToUpperInvariant(), Status = "APPROVED", Quality = "GREEN",
                Components = (JsonArray)MetaTemplateWriter.Write(template)["components"]!.DeepClone(),
            });
            var content = TwilioTemplateWriter.Write(template);
            hub.Contents.Put(new TwilioContent(Sid(template.Name, template.Language), twilioAccount, now)
            {
                FriendlyName = template.Name, TemplateName = template.Name, Language = template.Language, Category = template.Category.ToUpperInvariant(),
                Status = "approved", Variables = (JsonObject)content["variables"]!.DeepClone(), Types = (JsonObject)content["types"]!.DeepClone(),
            });
        }
    }

    private static string Sid(string name, string language) =>
        "HX" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}/{language}")))[..32];
}
