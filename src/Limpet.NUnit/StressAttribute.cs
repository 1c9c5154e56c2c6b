using Limpet.KnownLeaks;
using NUnit.Framework;

namespace Limpet.NUnit;

/// <summary>Tests that take long, or much memory: the category <c>stress</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class StressAttribute() : CategoryAttribute(TestTraits.Stress);
