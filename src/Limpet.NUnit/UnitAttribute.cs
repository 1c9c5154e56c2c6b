using Limpet.KnownLeaks;
using NUnit.Framework;

namespace Limpet.NUnit;

/// <summary>Fast tests of one part: the category <c>unit</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UnitAttribute() : CategoryAttribute(TestTraits.Unit);
