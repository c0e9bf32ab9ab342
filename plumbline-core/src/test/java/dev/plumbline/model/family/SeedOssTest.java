package dev.plumbline.model.family;

class SeedOssTest extends FamilyContractTest {

    @Override
    String family() {
        return "seed_oss";
    }
}
