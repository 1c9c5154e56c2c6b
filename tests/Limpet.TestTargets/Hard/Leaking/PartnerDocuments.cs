using System.Runtime.CompilerServices;
using System.Xml.Serialization;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Documents of partners are XML with a root element of each partner's own, so the serializer is made with an XmlRootAttribute. For
/// that way of making it the framework has no cache: each makes a dynamic assembly that cannot be unloaded: 1 assembly in the loader
/// heap per operation.
/// </summary>
internal sealed class PartnerDocuments : HardLeak
{
    private readonly PartnerInbox _inbox = new();

    public override Truth Truth => Truth.Leak(
        "PartnerInbox makes an XmlSerializer with an XmlRootAttribute for every document, and each makes a dynamic assembly that is never unloaded.",
        "framework",
        new FindingTruth(["ManagedLeak", "UnboundedGrowth", "NativeLeak"], "Assembly") { PerOperation = 1 });

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _inbox.Read(partner: number % 4, number);

    protected override int CheckedOperations => 20;

    protected override double[] Measured() => [AppDomain.CurrentDomain.GetAssemblies().Count(assembly => assembly.IsDynamic)];
}

public sealed class PartnerNotice
{
    public int Number { get; set; }
}

internal sealed class PartnerInbox
{
    private long _numbers;

    public void Read(int partner, int number)
    {
        XmlSerializer serializer = new(typeof(PartnerNotice), new XmlRootAttribute($"notice{partner}"));
        using StringReader text = new($"<notice{partner}><Number>{number}</Number></notice{partner}>");
        using System.Xml.XmlReader reader = System.Xml.XmlReader.Create(text);
        _numbers += ((PartnerNotice)serializer.Deserialize(reader)!).Number;
    }
}
