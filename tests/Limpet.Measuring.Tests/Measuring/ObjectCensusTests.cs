using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Limpet.Checks;
using Limpet.Measuring;
using Limpet.Tracking;

namespace Limpet.Tests.Measuring;

public sealed class ObjectCensusTests
{
    private static readonly List<object> Kept = [];

    [Fact]
    public void Count_BornDiedAlive_OfTypeAndSubclasses()
    {
        using ObjectCensus census = new();
        Make(census, kept: 3, dropped: 20);

        Assert.Equal(new InstanceCounts(23, 20, 3), census.Count<MemoryStream>());
        Assert.Equal(new InstanceCounts(24, 20, 4), census.Count<Stream>());
        Assert.Equal(new InstanceCounts(24, 20, 4), census.Count<IDisposable>());
        Assert.Equal(default, census.Count<Version>());
        Assert.Equal(
            [new ObjectCount("System.IO.MemoryStream", new InstanceCounts(23, 20, 3)), new ObjectCount("System.IO.BufferedStream", new InstanceCounts(1, 0, 1))],
            census.Read());
        Kept.Clear();
        Assert.Equal(new InstanceCounts(24, 24, 0), census.Count<Stream>());
    }

    [Fact]
    public void Track_GivesTheObjectBackAndRefusesWhatIsNeverCollected()
    {
        using ObjectCensus census = new();
        Version version = new(1, 2);

        Assert.Same(version, census.Track(version));
        Assert.Throws<NotCollectableException>(() => census.Track((object)42));
        Assert.Throws<NotCollectableException>(() => census.Track("a literal"));
        Assert.Throws<NotCollectableException>(() => census.Track<object>(null!));
    }

    [Fact]
    public void Track_ByManyThreads_LosesNone()
    {
        using ObjectCensus census = new();
        Parallel.For(0, 1000, _ => census.Track(new object()));

        InstanceCounts counts = census.Count<object>();
        Assert.Equal(1000, counts.Born);
        Assert.Equal(1000, counts.Died + counts.Alive);
    }

    [Fact]
    public void Census_OfATypeThatIsUnloaded_DoesNotKeepItAndCountsIt()
    {
        using ObjectCensus census = new();
        WeakReference type = TrackOneOfADynamicType(census);

        // The runtime unloads by and by: a full collection is the first step of several.
        for (int i = 0; i < 20 && type.IsAlive; i++)
        {
            SettledCollection.Settle(TimeSpan.FromMinutes(1));
        }

        Assert.False(type.IsAlive);
        ImmutableArray<ObjectCount> counts = census.Read();
        Assert.Equal(new ObjectCount("Unloadable", new InstanceCounts(1, 1, 0)), counts.Single());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make(ObjectCensus census, int kept, int dropped)
    {
        for (int i = 0; i < kept + dropped; i++)
        {
            MemoryStream stream = census.Track(new MemoryStream());
            if (i < kept)
            {
                Kept.Add(stream);
            }
        }

        Kept.Add(census.Track(new BufferedStream(Stream.Null)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference TrackOneOfADynamicType(ObjectCensus census)
    {
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("passing"), AssemblyBuilderAccess.RunAndCollect);
        Type type = assembly.DefineDynamicModule("passing").DefineType("Unloadable", TypeAttributes.Public).CreateType();
        census.Track(Activator.CreateInstance(type)!);
        return new WeakReference(type);
    }
}
