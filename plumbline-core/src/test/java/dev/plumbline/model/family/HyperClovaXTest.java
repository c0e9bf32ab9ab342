package dev.plumbline.model.family;

class HyperClovaXTest extends FamilyContractTest {

    @Override
    String family() {
        return "hyperclovax";
    }
}
